" Vim syntax file for the language of Siam (*.siam). Made by `siam editor vim`; `scripts/reference` brings it up to date.
if exists("b:current_syntax")
  finish
endif
let s:cpo_save = &cpo
set cpo&vim

syn case match
" The last of several that match at one place counts.
syn match siamOperator "[-+*/@^'.·=<>!]"
syn match siamNumber "\v<\d+%(\.\d+)?%([eE][-+]?\d+)?>"
syn match siamWord "\v<%(against|alternating|as|asc|batches|between|bias|bn|cifar10|cifar100|columns|constant|contains|convnet|cosine|csv|desc|embedding|epoch|every|fashion|fc|folder|forgotten|format|fresh|grad|h|histogram|identity|idx|json|knn|l2|latex|like|limit|linear|markdown|matrix|min|minimal|missing|mlp|none|of|off|on|onesided|paper|parallel|quick|relu|resnet18|runs|s|scheduled|series|sgd|shapes|sort|spectrum|step|steps|stop|test|to|where|with)>"
syn match siamName "\v<%(D|M|Ma|Mb|Pa|Pb|Q|Ta|Tb|Z|Za|Zb|Zn|collapsed|cov|dataset|diverged|epochs|fa|fb|loss|mo|mr|mr_mean|oe|op|oz|pa|pb|profile|ra|rank|rb|re|std|ta|tb|top1|verdict|za|zb)>"
syn match siamConstant "\v<%(false|pi|true)>"
syn match siamFunction "\v<%(abs|bias|cat|center|cholesky|component|corr|cos|cov|decorrelation|diag|dot|eigenvalues|eigenvectors|ema|entropy|exp|eye|first|freeze|fro|grad|gram|infonce|lambda|last|log|logdet|logsumexp|max|mean|min|mse|neggrad|norm|normalize|ntxent|offdiag|ones|rand|randn|rank|relu|residual|run|runs|sg|shape|sin|softmax|solve|sqrt|std|sum|svdvals|swap|tanh|trace|var|weight|whiten|zeros)\ze\("
syn match siamOption "\v<%(bins|blur|classes|crop|decay|dim|epochs|fall|flip|full|gray|hash|images|jitter|jitter_p|k|lr|momentum|partial|rank|size|test|train|warmup|width|winograd|x|y)\ze\=[^=]"
syn match siamLogic "\v<%(and|else|in|not|or)>"
syn match siamStatement "\v%(%(^|[;{}])\s*)@60<=<%(augment|back|batch|branch|check|checkpoint|clear|compare|data|decompose|diff|encoder|evaluate|expect|export|flow|for|forget|help|history|if|import|include|let|lineage|load|loss|memory|module|note|optimizer|plot|predictor|print|probe|projector|purge|queue|quit|rate|rerun|reset|restore|resume|save|schedule|seed|show|sql|table|tag|teacher|threshold|track|train|undo|untag|use|val|verify|views|watch)>"
syn region siamString oneline start=+"+ skip=+\\.+ end=+"+ contains=siamInterpolation
syn match siamInterpolation "{[^{}\"]*}" contained
syn region siamQuery oneline matchgroup=siamStatement start="\v%(%(^|[;{}])\s*)@60<=<sql>" end="$" contains=siamString,siamNumber
syn match siamComment "#.*$" contains=siamTodo,@Spell
syn match siamOutput "#>.*$"
syn keyword siamTodo TODO FIXME XXX contained

hi def link siamStatement Statement
hi def link siamWord Keyword
hi def link siamLogic Conditional
hi def link siamFunction Function
hi def link siamName Identifier
hi def link siamConstant Constant
hi def link siamOption Type
hi def link siamNumber Number
hi def link siamOperator Operator
hi def link siamString String
hi def link siamInterpolation Special
hi def link siamQuery PreProc
hi def link siamComment Comment
hi def link siamOutput SpecialComment
hi def link siamTodo Todo

let b:current_syntax = "siam"
let &cpo = s:cpo_save
unlet s:cpo_save
