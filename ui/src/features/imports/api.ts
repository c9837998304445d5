// The commands of this feature.
import { call, type Request } from '$host';

export const readSheet = (req: Request<'read_sheet'>) => call('read_sheet', req);
export const readHeader = (req: Request<'read_header'>) => call('read_header', req);
export const planImport = (req: Request<'plan_import'>) => call('plan_import', req);
export const readRow = (req: Request<'read_row'>) => call('read_row', req);
export const applyImport = (req: Request<'apply_import'>) => call('apply_import', req);
export const importProgress = () => call('import_progress', {});
export const listImports = () => call('list_imports', {});
export const getImport = (id: string) => call('get_import', { import: id });
export const undoImport = (id: string) => call('undo_import', { import: id });
export const importTemplate = (path: string | null) => call('import_template', { path });
export const exportRegister = (req: Request<'export_register'>) => call('export_register', req);
export const listVillages = () => call('list_villages', {});
