// The commands of this feature.
import { call, type Request } from '$host';

export const listPeople = (req: Request<'list_people'>) => call('list_people', req);
export const countPeople = (req: Request<'count_people'>) => call('count_people', req);
export const getPerson = (id: string) => call('get_person', { id });
export const showCitizenId = (id: string) => call('show_citizen_id', { id });
export const openRestricted = (person: string, reason: string) => call('open_restricted', { person, reason });
export const openPerson = (id: string) => call('open_record', { kind: 'person', id });
export const unmergePeople = (id: string) => call('unmerge_people', { id });
export const noteOpened = (id: string) => call('note_opened', { id });
/** The lists a person stood in. */
export const listSources = (id: string) => call('list_person_sources', { id });
export const listConsents = (id: string) => call('list_consents', { id });
export const printPersonData = (req: Request<'print_person_data'>) => call('print_person_data', req);
export const openLimited = (person: string, reason: string) => call('open_limited', { person, reason });
