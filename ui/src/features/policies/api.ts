// The commands of this feature.
import { call, type Request } from '$host';

export const listPolicies = (on: string | null) => call('list_policies', { on });
export const preview = (req: Request<'preview_policy'>) => call('preview_policy', req);
