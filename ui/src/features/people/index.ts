// people: everybody in the register, and a person's page.
import Users from '@lucide/svelte/icons/users';
import type { Screen } from '$shared/screen';
import PeoplePage from './PeoplePage.svelte';

export const screens: Screen[] = [
  { path: 'people', title: 'people.title', icon: Users, component: PeoplePage, group: 'register', right: 'read' },
];
