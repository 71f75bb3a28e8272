/** A project of the emulated OpenPanel. */
export interface Project {
  readonly id: string;
  readonly organization: string;
  /** IANA time zone charts are drawn in. */
  readonly timeZone: string;
  /** False for a project that never received an event. */
  readonly hasEvents: boolean;
}

/** Credentials of the emulated OpenPanel. They open nothing but made-up data, so they are written here. */
export interface ApiClient {
  readonly id: string;
  /** Null where none was ever stored. */
  readonly secret: string | null;
  readonly type: 'read' | 'root' | 'write';
  readonly organization: string;
  /** Null for a root client of the whole organisation. */
  readonly project: string | null;
}

/** Every project; the two organisations cannot see each other. */
export const PROJECTS: readonly Project[] = [
  { id: 'sandbox-app', organization: 'sandbox', timeZone: 'UTC', hasEvents: true },
  { id: 'sandbox-empty', organization: 'sandbox', timeZone: 'UTC', hasEvents: false },
  { id: '12345', organization: 'sandbox', timeZone: 'UTC', hasEvents: true },
  { id: 'sandbox-nordic', organization: 'nordic', timeZone: 'Europe/Stockholm', hasEvents: true },
];

const SECRET = 'sec_0123456789abcdef0123';

function readClient(id: string, project: string, organization: string): ApiClient {
  return { id, secret: SECRET, type: 'read', organization, project };
}

/** Every client, by what it is for. */
export const CLIENTS = {
  /** Reads `sandbox-app`; the one the sandbox's data source uses. */
  read: readClient('5f0c6d3a-9b1e-4c55-8f53-6a1d2b7e9001', 'sandbox-app', 'sandbox'),
  /** Reads the project in Europe/Stockholm. */
  nordic: readClient('5f0c6d3a-9b1e-4c55-8f53-6a1d2b7e9002', 'sandbox-nordic', 'nordic'),
  /** Reads the project whose id looks like a number. */
  numeric: readClient('5f0c6d3a-9b1e-4c55-8f53-6a1d2b7e9003', '12345', 'sandbox'),
  /** Reads the project without events. */
  empty: readClient('5f0c6d3a-9b1e-4c55-8f53-6a1d2b7e9004', 'sandbox-empty', 'sandbox'),
  /** May read every project of its organisation, and belongs to none. */
  root: {
    id: '5f0c6d3a-9b1e-4c55-8f53-6a1d2b7e9005',
    secret: SECRET,
    type: 'root',
    organization: 'sandbox',
    project: null,
  },
  /** The default kind of client: sends events, must not export. */
  write: {
    id: '5f0c6d3a-9b1e-4c55-8f53-6a1d2b7e9006',
    secret: SECRET,
    type: 'write',
    organization: 'sandbox',
    project: 'sandbox-app',
  },
  /** A browser client: no secret was ever stored for it. */
  withoutSecret: {
    id: '5f0c6d3a-9b1e-4c55-8f53-6a1d2b7e9007',
    secret: null,
    type: 'read',
    organization: 'sandbox',
    project: 'sandbox-app',
  },
} as const satisfies Record<string, ApiClient>;
