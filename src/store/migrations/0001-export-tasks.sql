-- Times are milliseconds since the epoch, handed in by the process: the clock of the database is not asked.
-- Texts that come from outside are in json, not jsonb, which refuses the character U+0000.

create table tributary.export_tasks (
  id text primary key,
  principal text not null,
  state text not null
    check (state in ('QUEUED', 'RUNNING', 'CANCELLING', 'CANCELLED', 'SUCCEEDED', 'FAILED', 'EXPIRED')),
  phase text,
  attempt integer not null,
  request json not null,
  -- Names the question to the provider, so that an export which the provider is already preparing is found again.
  request_hash text,
  source text,
  progress double precision,
  row_count bigint,
  expected_row_count bigint,
  byte_size bigint,
  completeness text,
  failure json,
  created_at bigint not null,
  started_at bigint,
  finished_at bigint,
  expires_at bigint,
  -- Who works on it, and until when that is to be believed.
  worker_id text,
  lease_until bigint
);

create index export_tasks_newest on tributary.export_tasks (created_at desc, id desc);
create index export_tasks_of_principal on tributary.export_tasks (principal, created_at desc, id desc);
create index export_tasks_unfinished on tributary.export_tasks (state)
  where state in ('QUEUED', 'RUNNING', 'CANCELLING');
create index export_tasks_expiring on tributary.export_tasks (expires_at) where state = 'SUCCEEDED';
create index export_tasks_of_request on tributary.export_tasks (source, request_hash);

create table tributary.export_chunks (
  task_id text not null references tributary.export_tasks (id) on delete cascade,
  -- Not whole numbers: half of a chunk that was split takes a place between its neighbours, which keep theirs.
  position double precision not null,
  window_from bigint,
  window_to bigint,
  upstream_id text,
  upstream_started_at bigint,
  state text not null check (state in ('PLANNED', 'STARTED', 'READY', 'FETCHED')),
  restarts integer not null,
  primary key (task_id, position)
);

create table tributary.export_parts (
  task_id text not null,
  chunk double precision not null,
  position integer not null,
  upstream text not null,
  state text not null check (state in ('EXPECTED', 'STORED')),
  byte_size bigint,
  sha256 text,
  row_count bigint,
  primary key (task_id, chunk, position),
  foreign key (task_id, chunk) references tributary.export_chunks (task_id, position) on delete cascade
);

create table tributary.export_files (
  task_id text not null references tributary.export_tasks (id) on delete cascade,
  position integer not null,
  name text not null,
  row_count bigint,
  byte_size bigint not null,
  sha256 text not null,
  media_type text not null,
  primary key (task_id, position),
  unique (task_id, name)
);

create table tributary.idempotency_keys (
  principal text not null,
  key text not null,
  input_hash text not null,
  -- The key is written first, so that of two callers with the same one only the first makes a task.
  task_id text not null references tributary.export_tasks (id) on delete cascade deferrable initially deferred,
  created_at bigint not null,
  primary key (principal, key)
);

create index idempotency_keys_of_task on tributary.idempotency_keys (task_id);

create table tributary.tokens (
  key text primary key,
  token text not null,
  expires_at bigint not null
);
