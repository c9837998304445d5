// The commands of this feature.
import { call, type Request } from '$host';

export const listOutreach = (req: Request<'list_outreach'>) => call('list_outreach', req);
export const deskOutreach = () => call('desk_outreach', {});
export const assign = (person: string, key: string, worker: string | null) => call('assign_outreach', { person, key, worker });
export const dismiss = (person: string, key: string, reason: string) => call('dismiss_outreach', { person, key, reason });
export const takeUp = (person: string, key: string) => call('take_up_outreach', { person, key });

/** What touches these lines when it is written. */
export const touches = ['outreach', 'people', 'households', 'places', 'sync', 'policies', 'imports', 'settings'];
