-- The owner makes tables; the serving role gets rights on each by the migration that makes it, never by default.
grant usage on schema projection to projection;
