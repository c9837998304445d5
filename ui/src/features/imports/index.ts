// imports: lists of other programs into the register, and the register out as a list.
import FileDown from '@lucide/svelte/icons/file-down';
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet';
import FileUp from '@lucide/svelte/icons/file-up';
import { go, href } from '$shared/router.svelte';
import type { Action, Screen } from '$shared/screen';
import ImportPage from './ImportPage.svelte';
import { template } from './template';

export const screens: Screen[] = [
  { path: 'imports', title: 'imports.title', icon: FileSpreadsheet, component: ImportPage, group: 'register', right: 'import' },
];

export const actions: Action[] = [
  {
    id: 'import',
    label: 'imports.tab_import',
    also: 'palette.also.import',
    icon: FileDown,
    right: 'import',
    run: () => go(href('imports')),
  },
  { id: 'template', label: 'imports.template', icon: FileSpreadsheet, right: 'import', run: () => void template() },
  {
    id: 'export',
    label: 'imports.tab_export',
    also: 'palette.also.export',
    icon: FileUp,
    right: 'export',
    run: () => go(href('imports', 'export')),
  },
];
