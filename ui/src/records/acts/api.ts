// The commands behind the acts of family life.
import { call, type Request } from '$host';

export const checkAct = (form: Request<'check_act'>) => call('check_act', form);
export const doAct = (form: Request<'do_act'>) => call('do_act', form);
export const getHousehold = (id: string) => call('get_household', { id, on: null });
