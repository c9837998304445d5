// imports: lists of other programs into the register, and the register out as a list.
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import FileUp from '@lucide/svelte/icons/file-up';
import { go, href } from '$shared/router.svelte';
import type { Action, Screen } from '$shared/screen';
import ImportPage from './ImportPage.svelte';

export const screens: Screen[] = [
  { path: 'imports', title: 'imports.title', icon: FileSpreadsheet, component: ImportPage, group: 'register', right: 'import' },
];

export const actions: Action[] = [
  { id: 'export', label: 'imports.tab_export', icon: FileUp, right: 'export', run: () => go(href('imports', 'export')) },
];
