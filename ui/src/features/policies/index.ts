// policies: the rules read beside the law, and a coming set or month tried on the whole commune.
import BookOpenText from '@lucide/svelte/icons/book-open-text';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import { go, href } from '$shared/router.svelte';
import type { Action, Screen } from '$shared/screen';
import PoliciesPage from './PoliciesPage.svelte';

export const screens: Screen[] = [
  { path: 'policies', title: 'policies.title', icon: BookOpenText, component: PoliciesPage, group: 'register', right: 'read' },
];

export const actions: Action[] = [
  { id: 'try-policies', label: 'policies.try', icon: FlaskConical, right: 'read', run: () => go(href('policies', 'preview')) },
];
