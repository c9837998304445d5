// desk: what lies on a worker's table this morning, gathered from the other capabilities.
import ListChecks from '@lucide/svelte/icons/list-checks';
import type { Screen } from '$shared/screen';
import DeskPage from './DeskPage.svelte';

export const screens: Screen[] = [
  { path: 'desk', title: 'desk.title', icon: ListChecks, component: DeskPage, group: 'work', right: 'read' },
];
