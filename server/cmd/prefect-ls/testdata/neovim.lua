-- Stands in for the person at Neovim. What connects it to the server comes from docs/editors.md.

vim.o.completeopt = 'menuone' -- a menu even for one entry
vim.o.hidden = true -- a changed file stays open behind another one

-- Of what is offered it takes what starts with one of g:wishes, or else nothing; without wishes, the first entry.
local function pick(titles)
  for i, title in ipairs(titles) do
    for _, wish in ipairs(vim.g.wishes or { '' }) do
      if vim.startswith(title, wish) then
        return i
      end
    end
  end
end

-- The menu of the code actions, and from 0.12 on the question of window/showMessageRequest.
vim.ui.select = function(items, options, on_choice)
  local i = pick(vim.tbl_map(options.format_item, items))
  on_choice(items[i], i)
end

-- That question before: a text, a heading and numbered answers.
vim.fn.inputlist = function(lines)
  local titles = {}
  for i = 3, #lines do
    titles[i - 2] = lines[i]:gsub('^%d+%. ', '')
  end
  return pick(titles) or 0
end

-- The browser, from 0.10 on; before, the server asks for the page to be opened with the same message.
vim.ui.open = function(address)
  print('Open ' .. address)
  return { wait = function() return { code = 0 } end }
end

-- The clients of the current file that are ready.
function Clients()
  local all = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = 0 }) or vim.tbl_values(vim.lsp.buf_get_clients(0))
  return vim.tbl_filter(function(client) return client.initialized end, all)
end
