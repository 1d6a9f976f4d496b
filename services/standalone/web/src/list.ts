import { element, part } from './dom.ts'
import type { Item, List } from './store.ts'

/** A word, and where there is no room for it, a sign. */
const caption = (word: string, sign: string) => [
  element('span', { className: 'wide', textContent: word }),
  element('span', { className: 'narrow', textContent: sign }),
]

/** The list on the page. Rows are kept and moved, not made anew, so that the focus stays where it is. */
export const showList = (list: List, announce: (text: string) => void) => {
  const form = part('add', HTMLFormElement)
  const input = part('add-text', HTMLInputElement)
  const rows = part('items', HTMLUListElement)
  const known = new Map<string, ReturnType<typeof makeRow>>()

  form.onsubmit = (submitted) => {
    submitted.preventDefault()
    const text = input.value.trim()
    input.focus()
    if (text === '') return
    input.value = ''
    void list.add(text).then(() => announce(`Added ${text}.`))
  }

  const makeRow = (item: Item) => {
    let now = item
    const box = element('input', { type: 'checkbox' })
    const text = element('span', { className: 'text' })
    const rename = element('button', { type: 'button', className: 'quiet' }, ...caption('Rename', '✎'))
    const remove = element('button', { type: 'button', className: 'quiet' }, ...caption('Remove', '✕'))
    const label = element('label', {}, box, text)
    const row = element('li', {}, label, rename, remove)

    const show = (next: Item) => {
      now = next
      box.checked = next.completed
      text.textContent = next.text
      row.classList.toggle('completed', next.completed)
      rename.ariaLabel = `Rename ${next.text}`
      remove.ariaLabel = `Remove ${next.text}`
    }
    box.onchange = () => void (box.checked ? list.complete(now.id) : list.reopen(now.id))
    remove.onclick = () => {
      const near = row.nextElementSibling ?? row.previousElementSibling
      void list.remove(now.id).then(() => announce(`Removed ${now.text}.`))
      const next = near?.querySelector<HTMLElement>('button:last-of-type') ?? input
      next.focus()
    }
    rename.onclick = () => {
      const field = element('input', { type: 'text', value: now.text, maxLength: 500, ariaLabel: `New name of ${now.text}` })
      const renaming = element('form', { className: 'renaming' }, field, element('button', { textContent: 'Save' }))
      const leave = () => {
        renaming.replaceWith(label)
        rename.hidden = remove.hidden = false
        rename.focus()
      }
      renaming.onsubmit = (submitted) => {
        submitted.preventDefault()
        const name = field.value.trim()
        if (name !== '' && name !== now.text) void list.rename(now.id, name)
        leave()
      }
      renaming.onkeydown = ({ key }) => {
        if (key === 'Escape') leave()
      }
      rename.hidden = remove.hidden = true
      label.replaceWith(renaming)
      field.focus()
      field.select()
    }
    show(item)
    return { row, show }
  }

  const show = (items: readonly Item[]) => {
    const here = new Set(items.map(({ id }) => id))
    for (const [id, { row }] of known) {
      if (here.has(id)) continue
      row.remove()
      known.delete(id)
    }
    items.forEach((item, at) => {
      const old = known.get(item.id)
      if (old === undefined) known.set(item.id, makeRow(item))
      else old.show(item)
      const row = known.get(item.id)!.row
      if (rows.children[at] !== row) rows.insertBefore(row, rows.children[at] ?? null)
    })
    const open = items.filter(({ completed }) => !completed).length
    part('empty').hidden = items.length > 0
    part('count').textContent = items.length === 0 ? '' : `${open} open, ${items.length - open} done`
  }
  list.onItems(show)
}
