-- The owner makes tables; the serving role gets rights on each by the migration that makes it, never by default.
grant usage on schema vault_metadata to vault_metadata;
