// Provisional: the shape that codegen writes from casework's list of commands.

export interface WorkerName { uid: string; name: string; role: string; admin: boolean; last_seen: string | null }
export interface Me { uid: string; name: string; role: string; admin: boolean; rights: string[] }
export interface CommuneName { unit: number; code: string; name: string; province: string }
export interface SessionView {
  state: 'absent' | 'locked' | 'open';
  version: string;
  sample: boolean;
  today: string;
  commune: CommuneName | null;
  workers: WorkerName[];
  me: Me | null;
  setup: { recovery_confirmed: boolean; enrolled: boolean; done: boolean };
  backup: { at: string; verified: boolean } | null;
  waiting: number | null;
  waiting_since: string | null;
  settings: Settings;
}
export interface Settings { locale: 'vi' | 'en'; theme: 'system' | 'light' | 'dark'; density: 'compact' | 'standard' | 'roomy'; single_keys: boolean; rail_collapsed: boolean }
export interface SyncStatus {
  enrolled: boolean;
  server: string | null;
  device: string | null;
  running: boolean;
  offline: boolean;
  waiting: number;
  waiting_since: string | null;
  last_contact: string | null;
  verified_at: string | null;
  next_try: string | null;
  conflicts: number;
}
export interface SearchHit { kind: 'household' | 'person' | 'village'; id: string; title: string; note: string; household_id: string | null }

export interface Commands {
  get_session: { req: Record<string, never>; answer: SessionView };
  sign_in: { req: { uid: string; password: string }; answer: null };
  lock: { req: Record<string, never>; answer: null };
  update_settings: { req: Settings; answer: null };
  get_sync_status: { req: Record<string, never>; answer: SyncStatus };
  sync_now: { req: Record<string, never>; answer: SyncStatus };
  search: { req: { text: string; limit: number }; answer: { hits: SearchHit[] } };
}
