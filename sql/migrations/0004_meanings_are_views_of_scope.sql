-- What these said is said by the views of the schema scope.
DROP VIEW IF EXISTS find.active_registration;

DROP VIEW IF EXISTS find.county;

DROP VIEW IF EXISTS find.coverage;
