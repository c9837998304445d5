import { describe, expect, it } from 'vitest';
import { cellOf, goTo, gridCell, neighbour, step } from './cursor';

function page(): HTMLElement {
  document.body.innerHTML = `<div id="root">
    <input data-cell="household.village">
    <div data-cells="household.class"><button role="radio" tabindex="-1">a</button><button role="radio" tabindex="0">b</button></div>
    <input data-cell="1.full_name"><input data-cell="1.sex"><input data-cell="2.full_name"></div>`;
  return document.getElementById('root') as HTMLElement;
}

describe('the cursor of the entry', () => {
  it('goes on from field to field, over a group of buttons as one', () => {
    const root = page();
    goTo(root, 'household.village');
    step(root, document.activeElement, 1);
    expect(document.activeElement?.textContent).toBe('b');
    // Another button of the group may have been chosen meanwhile.
    step(root, root.querySelector('button'), 1);
    expect(cellOf(document.activeElement)).toBe('1.full_name');
    step(root, document.activeElement, -1);
    expect(cellOf(document.activeElement)).toBe('household.class');
  });

  it('knows cells of the grid from fields of the household', () => {
    expect(gridCell('12.birth_date')).toEqual({ key: 12, column: 'birth_date' });
    expect(gridCell('household.phone')).toBeNull();
    expect(neighbour([4, 9, 7], 9, 1)).toBe(7);
    expect(neighbour([4, 9, 7], 4, -1)).toBeUndefined();
  });
});
