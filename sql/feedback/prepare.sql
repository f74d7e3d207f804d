-- Distinct finding numbers of the answers, with whether their check character is right; filled by the stage.
CREATE OR REPLACE TEMP TABLE answer_number (finding_id VARCHAR, is_valid BOOLEAN);
