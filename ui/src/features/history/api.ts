// The commands of this feature.
import { call } from '$host';

export const listHistory = (id: string, offset: number, limit: number) => call('list_history', { id, offset, limit });
export const undoAct = (act: string) => call('undo', { act });
