-- Folded addresses that were not met before; those that nobody states any longer are forgotten. stated_address: address_key.
CREATE OR REPLACE TEMP TABLE new_address AS
SELECT address_key
FROM stated_address
WHERE address_key IS NOT NULL AND address_key NOT IN (SELECT address_key FROM link.address)
GROUP BY address_key;

DELETE FROM link.address
WHERE address_key NOT IN (SELECT address_key FROM stated_address WHERE address_key IS NOT NULL);
