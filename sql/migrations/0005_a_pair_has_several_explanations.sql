-- A level has a share under each explanation instead of m and u; the night writes both tables anew.
DROP TABLE IF EXISTS link.model;

DROP TABLE IF EXISTS stats.calibration;

-- Values are counted by scope in link.value_frequency.
DROP TABLE IF EXISTS link.name_frequency;
