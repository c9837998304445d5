// policies: the rules read beside the law, and a coming set or month tried on the whole commune.
import BookOpenText from '@lucide/svelte/icons/book-open-text';
import type { Screen } from '$shared/screen';
import PoliciesPage from './PoliciesPage.svelte';

export const screens: Screen[] = [
  { path: 'policies', title: 'policies.title', icon: BookOpenText, component: PoliciesPage, group: 'register', right: 'read' },
];
