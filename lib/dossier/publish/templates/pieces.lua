-- A pandoc reader for many pieces of Markdown in one run. Each piece is parsed alone, so that an unclosed
-- fence or a link definition ends with its piece. Content is data: raw HTML shows as text, an image as its
-- description, a risky link as its text. A heading is a block of its own in a Document and never in a piece.

local SPLIT = "\u{e000}"
local DIALECT = "commonmark+pipe_tables"

local function is_safe(target)
  local scheme = target:lower():match("^(%a+):")
  return scheme == "http" or scheme == "https" or scheme == "mailto"
end

local as_data = {
  Str = function(str)
    -- In a list or a table pandoc sees no start of a line where Typst does.
    if str.text:match("^[=+%-/]+$") or str.text:match("^%d+%.$") then
      return pandoc.RawInline("typst", (str.text:gsub("%p", "\\%0")))
    end
  end,
  RawInline = function(raw) return pandoc.Str(raw.text) end,
  RawBlock = function(raw) return pandoc.Para(pandoc.Str(raw.text)) end,
  Image = function(image) return image.caption end,
  Link = function(link) if not is_safe(link.target) then return link.content end end,
  Header = function(header) return pandoc.Para(pandoc.Strong(header.content)) end,
  Table = function(tbl)
    -- Typst finds better widths than the dashes of a pipe table.
    tbl.colspecs = tbl.colspecs:map(function(spec) return { spec[1], nil } end)
    return tbl
  end,
}

function Reader(input)
  local blocks = pandoc.List()
  for piece in (tostring(input) .. SPLIT):gmatch("(.-)" .. SPLIT) do
    blocks:extend(pandoc.read(piece .. "\n", DIALECT):walk(as_data).blocks)
    blocks:insert(pandoc.RawBlock("typst", SPLIT))
  end
  return pandoc.Pandoc(blocks)
end
