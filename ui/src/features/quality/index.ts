// quality: what is missing or odd in the register, by village.
import ListTodo from '@lucide/svelte/icons/list-todo';
import type { Screen } from '$shared/screen';
import QualityPage from './QualityPage.svelte';

export const screens: Screen[] = [
  { path: 'quality', title: 'quality.title', icon: ListTodo, component: QualityPage, group: 'register', right: 'read' },
];
