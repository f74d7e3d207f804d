-- What one night's linkage decided with and measured is of that night only.
DELETE FROM link.model;

DELETE FROM stats.calibration;

DELETE FROM stats.drift;

DELETE FROM stats.blocking;

DELETE FROM stats.score;
