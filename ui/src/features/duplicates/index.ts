// duplicates: people of the register who may be one, compared, told apart or merged.
import Copy from '@lucide/svelte/icons/copy';
import type { Screen } from '$shared/screen';
import DuplicatesPage from './DuplicatesPage.svelte';

export const screens: Screen[] = [
  { path: 'duplicates', title: 'duplicates.title', icon: Copy, component: DuplicatesPage, group: 'register', right: 'read' },
];
