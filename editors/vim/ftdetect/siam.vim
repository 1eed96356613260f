autocmd BufRead,BufNewFile *.siam setfiletype siam
