-- A home says which tables it must not lose; before, it did not. These are the ones that every home had then.
ALTER TABLE ops.schema_version ADD COLUMN kept VARCHAR;

UPDATE ops.schema_version
SET kept = concat(
    'find.evidence find.finding find.history find.judged_evidence find.lineage find.listing find.route find.stated ',
    'find.subject ops.judged_pair ops.judgement ops.load ops.metric ops.reject ops.run ops.schema_version ',
    'raw.civil_cremation raw.health_birth raw.health_death raw.police_birth raw.police_death raw.police_move_in ',
    'raw.police_move_out raw.police_resident raw.relocation_roll raw.station raw.verification_result ',
    'ref.profile_code stats.night '
);
