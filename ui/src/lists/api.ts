// The commands of what lists share.
import type { ListRows } from '$bindings/commands';
import { call, type Request } from '$host';

export const listFilters = async () => (await call('list_filters', {})).filters;
export const saveFilter = async (req: Request<'save_filter'>) => (await call('save_filter', req)).filters;
export const deleteFilter = async (id: string) => (await call('delete_filter', { id })).filters;
export const exportList = (req: Request<'export_list'>) => call('export_list', req);
export const printList = (rows: ListRows, title: string) => call('print_list', { rows, title });
