// map: the commune as points, its villages by name and the households that have coordinates.
import MapIcon from '@lucide/svelte/icons/map';
import type { Screen } from '$shared/screen';
import MapPage from './MapPage.svelte';

export const screens: Screen[] = [
  { path: 'map', title: 'map.title', icon: MapIcon, component: MapPage, group: 'register', right: 'read' },
];
