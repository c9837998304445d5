// The commands of this feature.
import { call, type Request } from '$host';
import { everybody } from '$lists/filters';

export const listHouseholds = (req: Request<'list_households'>) => call('list_households', req);
export const countHouseholds = (req: Request<'count_households'>) => call('count_households', req);
export const getHousehold = (id: string, on: string | null) => call('get_household', { id, on });
export const noteOpened = (id: string) => call('note_opened', { id });
export const openForm = (id: string | null) => call('open_household_form', { id });
export const checkForm = (form: Request<'check_household'>) => call('check_household', form);
export const saveForm = (req: Request<'save_household'>) => call('save_household', req);
export const openPerson = (id: string) => call('open_record', { kind: 'person', id });
export const getPerson = (id: string) => call('get_person', { id });
export const rosterOn = (req: Request<'roster_on'>) => call('roster_on', req);
export const getPlaces = (on: string) => call('get_places', { on });
export const listVillages = () => call('list_villages', {});
export const keepDraft = (req: Request<'keep_draft'>) => call('keep_draft', req);
export const listDrafts = () => call('list_drafts', {});
export const discardDraft = (key: string) => call('discard_draft', { key });
export const exportRegister = (req: Request<'export_register'>) => call('export_register', req);
/** People of the register by words of their name or the beginning of a number, whether they live here or not. */
export const listByText = (text: string) =>
  call('list_people', {
    filter: { ...everybody, text, standing: 'everyone' },
    sort: 'name',
    descending: false,
    offset: 0,
    limit: 8,
  });
