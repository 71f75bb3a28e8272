-- Exports of the provider that a chunk was given up with: it never takes up one of them again, though another task may still wait for it.
alter table tributary.export_chunks add column failed_upstreams text[] not null default '{}';
