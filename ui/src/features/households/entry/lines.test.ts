import { describe, expect, it } from 'vitest';
import { isBlank, newLine, plainId, setCell, sexOf, takeIn, textOf, tidyCell, toForm, valueOf } from './lines';

const household = { id: null, values: { ethnic_code: '06' }, opened: null };

describe('a line of the grid', () => {
  it('keeps a birth date as far as it is known and writes it out on leaving', () => {
    const line = newLine();
    for (const [typed, stored, shown] of [
      ['12/03/1950', '1950-03-12', '12/03/1950'],
      ['12031950', '1950-03-12', '12/03/1950'],
      ['3/1950', '1950-03', '03/1950'],
      ['1950', '1950', '1950'],
    ] as const) {
      setCell(line, 'birth_date', typed);
      tidyCell(line, 'birth_date');
      expect([valueOf(line, 'birth_date'), textOf(line, 'birth_date')]).toEqual([stored, shown]);
    }
  });

  it('keeps what is typed of a date that is none, and no value', () => {
    const line = newLine();
    setCell(line, 'birth_date', '31/02/2012');
    tidyCell(line, 'birth_date');
    expect(valueOf(line, 'birth_date')).toBeNull();
    expect(textOf(line, 'birth_date')).toBe('31/02/2012');
  });

  it('stores an id without spaces and shows it in groups', () => {
    const line = newLine();
    setCell(line, 'citizen_id', '017150 000.127');
    tidyCell(line, 'citizen_id');
    expect(valueOf(line, 'citizen_id')).toBe('017150000127');
    expect(textOf(line, 'citizen_id')).toBe('017150 000 127');
    expect(plainId('17A50')).toBe('17A50');
  });

  it('is nobody while only the default relation stands in it', () => {
    const line = newLine();
    setCell(line, 'relationship_to_head', 'head');
    expect(isBlank(line)).toBe(true);
    setCell(line, 'full_name', 'Bùi');
    expect(isBlank(line)).toBe(false);
  });

  it('suggests the sex that a middle name tells, and leaves one that was chosen', () => {
    expect(sexOf('Bùi Thị Nhợi')).toBe('female');
    expect(sexOf('Bùi Văn Thìn')).toBe('male');
    expect(sexOf('Quách Hữu Lực')).toBeNull();
    const line = newLine();
    setCell(line, 'sex', 'male');
    setCell(line, 'full_name', '  Bùi  Thị Nhợi ');
    tidyCell(line, 'full_name');
    expect([valueOf(line, 'full_name'), valueOf(line, 'sex')]).toEqual(['Bùi Thị Nhợi', 'male']);
  });
});

describe('somebody of the register taken in', () => {
  it('keeps what the register knows and changes only what was typed beyond it', () => {
    const line = newLine();
    setCell(line, 'full_name', 'quach thi hau');
    setCell(line, 'ethnic_code', '06');
    setCell(line, 'relationship_to_head', 'spouse');
    const opened = { values: { full_name: 'Quách Thị Hậu', birth_date: '1984-04', ethnic_code: null }, heads: {} };
    takeIn(line, { id: 'p', values: { ...opened.values }, opened }, null, 'Bùi Thị Nhợi');
    expect(line.member.person).toEqual({ id: 'p', values: { ...opened.values, ethnic_code: '06' }, opened });
    expect([textOf(line, 'birth_date'), valueOf(line, 'relationship_to_head')]).toEqual(['04/1984', 'spouse']);
    expect(isBlank(line)).toBe(false);
  });
});

describe('the form that is sent', () => {
  it('leaves blank lines out and gives new people the common ethnic group', () => {
    const [head, blank] = [newLine(), newLine()];
    setCell(head, 'full_name', 'Bùi Thị Nhợi');
    const { form, keys } = toForm(household, null, [head, blank]);
    expect(keys).toEqual([head.key]);
    expect(form.members[0]?.person.values).toMatchObject({ full_name: 'Bùi Thị Nhợi', ethnic_code: '06' });
    expect(valueOf(head, 'ethnic_code')).toBeNull();
  });

  it('sends back unchanged what an existing person was opened on', () => {
    const opened = { values: { full_name: 'Bùi Thị Nhợi' }, heads: { '16': ['1.4'] } };
    const line = newLine({
      person: { id: 'p', values: { ...opened.values }, opened },
      membership: { id: 'm', values: {}, opened: null },
      disability: null,
      removed: false,
      different_from: [],
    });
    setCell(line, 'full_name', 'Bùi Thị Nhời');
    const person = toForm(household, null, [line]).form.members[0]?.person;
    expect(person?.opened).toEqual({ values: { full_name: 'Bùi Thị Nhợi' }, heads: { '16': ['1.4'] } });
    expect(person?.values).toEqual({ full_name: 'Bùi Thị Nhời' });
  });
});
