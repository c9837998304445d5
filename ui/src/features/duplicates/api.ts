// The commands of this feature.
import { call, type Request } from '$host';

export const listDuplicates = (req: Request<'list_duplicates'>) => call('list_duplicates', req);
export const comparePeople = (one: string, other: string) => call('compare_people', { one, other });
export const mergePeople = (req: Request<'merge_people'>) => call('merge_people', req);
export const showCitizenId = (id: string) => call('show_citizen_id', { id });
export const listVillages = () => call('list_villages', {});
