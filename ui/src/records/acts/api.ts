// The commands behind the acts of family life.
import { call, type Request } from '$host';

export const checkAct = (form: Request<'check_act'>) => call('check_act', form);
export const doAct = (form: Request<'do_act'>) => call('do_act', form);
export const getHousehold = (id: string) => call('get_household', { id, on: null });
/** Households that left the commune or joined another. */
export const listGone = (text: string) =>
  call('list_households', {
    filter: { text, village: null, poverty_class: null, ethnic_code: null, marks: [], deleted: false, gone: true },
    sort: 'name',
    descending: false,
    offset: 0,
    limit: 12,
  });
