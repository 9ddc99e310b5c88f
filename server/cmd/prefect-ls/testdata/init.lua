-- Connects Neovim's built-in client to the server whose path is in $PREFECT_LS, as docs/editors.md shows for Neovim 0.7.
local client
vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  pattern = { 'profiles.toml', 'prefect.toml', 'pyproject.toml', '.env.*', '*.env' },
  callback = function(event)
    if not client or not vim.lsp.get_client_by_id(client) then
      client = vim.lsp.start_client({ name = 'prefect_ls', cmd = { vim.env.PREFECT_LS, 'serve' }, root_dir = vim.fn.getcwd() })
    end
    vim.lsp.buf_attach_client(event.buf, client)
    vim.bo[event.buf].omnifunc = 'v:lua.vim.lsp.omnifunc'
  end,
})

vim.o.completeopt = 'menuone' -- a menu even for one entry
vim.o.hidden = true -- a changed file stays open behind another one

-- The test stands in for the person: of what is offered it takes what starts with one of g:wishes, or else nothing; without wishes,
-- the first entry.
local function pick(titles)
  for i, title in ipairs(titles) do
    for _, wish in ipairs(vim.g.wishes or { '' }) do
      if vim.startswith(title, wish) then
        return i
      end
    end
  end
end

-- The menu of the code actions.
vim.ui.select = function(items, options, on_choice)
  local i = pick(vim.tbl_map(options.format_item, items))
  on_choice(items[i], i)
end

-- The question of window/showMessageRequest: a text, a heading and numbered answers.
vim.fn.inputlist = function(lines)
  local titles = {}
  for i = 3, #lines do
    titles[i - 2] = lines[i]:gsub('^%d+%. ', '')
  end
  return pick(titles) or 0
end
