-- Connects Neovim's built-in client to the server whose path is in $PREFECT_LS, as docs/editors.md shows for Neovim before 0.11.
vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  pattern = { 'profiles.toml', 'prefect.toml', 'pyproject.toml', '.env.*', '*.env' },
  callback = function(event)
    local client = vim.lsp.start_client({ name = 'prefect-ls', cmd = { vim.env.PREFECT_LS, 'serve' } })
    vim.lsp.buf_attach_client(event.buf, client)
    vim.bo[event.buf].omnifunc = 'v:lua.vim.lsp.omnifunc'
  end,
})

vim.o.completeopt = 'menuone' -- a menu even for one entry

-- The test stands in for the person who picks the first entry of a menu.
vim.ui.select = function(items, _, on_choice) on_choice(items[1], 1) end
