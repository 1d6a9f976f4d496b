/** An element of the page, by its id. */
export const part = <T extends HTMLElement = HTMLElement>(id: string, type?: { new (): T }): T => {
  const found = document.getElementById(id)
  if (found === null || (type !== undefined && !(found instanceof type))) throw new Error(`the page lacks ${id}`)
  return found as T
}

/** A new element. What people wrote becomes text, never markup. */
export const element = <N extends keyof HTMLElementTagNameMap>(
  name: N,
  properties: Partial<HTMLElementTagNameMap[N]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[N] => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
