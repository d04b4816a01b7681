"""Decides the words of every error and reason: one sentence a code, in the three languages of the room.

A sentence says what happened, what is safe, and what to do. Codes are stable; words may improve.
"""

from __future__ import annotations

from index.domain.sentences.of_lists import OF_LISTS
from index.domain.sentences.of_packs import OF_PACKS
from index.domain.sentences.of_rules import OF_RULES
from index.domain.sentences.of_sets import OF_SETS
from index.domain.sentences.of_year_end import YEAR_END
from index.domain.sentences.saying import said as _said

SENTENCES: dict[str, dict[str, str]] = YEAR_END | {
    # -- scans that cannot be captured (reasons in quarantine) --
    "empty-file": _said(
        "文件是空的（0 字节），请重新扫描。",
        "檔案是空的（0 位元組），請重新掃描。",
        "The file is empty (0 bytes); scan the paper again.",
    ),
    "truncated-file": _said(
        "文件不完整，后半部分缺失。原文件已保留，请重新扫描。",
        "檔案不完整，後半部分缺失。原檔案已保留，請重新掃描。",
        "The file breaks off before its end. It is kept as it is; scan the paper again.",
    ),
    "damaged-file": _said(
        "文件已损坏，无法打开。原文件已保留，请重新扫描。",
        "檔案已損壞，無法開啟。原檔案已保留，請重新掃描。",
        "The file is damaged and cannot be opened. It is kept as it is; scan the paper again.",
    ),
    "encrypted-file": _said(
        "文件加了密码，无法读取。请去掉密码后重新放入。",
        "檔案加了密碼，無法讀取。請去掉密碼後重新放入。",
        "The file is locked with a password. Remove the password and drop it again.",
    ),
    "unknown-format": _said(
        "不是可以收录的格式（{found}）。可收录 TIFF、JPEG、JPEG 2000、PNG、WebP、HEIC、AVIF、GIF、BMP、PDF、OFD，"
        "以及装着它们的 ZIP。",
        "不是可以收錄的格式（{found}）。可收錄 TIFF、JPEG、JPEG 2000、PNG、WebP、HEIC、AVIF、GIF、BMP、PDF、OFD，"
        "以及裝著它們的 ZIP。",
        "Not a format that can be captured ({found}). TIFF, JPEG, JPEG 2000, PNG, WebP, HEIC, AVIF, GIF, BMP, PDF,"
        " OFD can, and a ZIP of them.",
    ),
    "needs-heic": _said(
        "这是手机的 HEIC 照片，本机没有装读取它的组件。请在手机或电脑上另存为 JPEG 后重新放入；"
        "或请管理员运行 pip install pillow-heif，再点“重试”。",
        "這是手機的 HEIC 照片，本機沒有裝讀取它的元件。請在手機或電腦上另存為 JPEG 後重新放入；"
        "或請管理員執行 pip install pillow-heif，再按「重試」。",
        "A HEIC photograph; the part that reads it is not installed here. Save it as JPEG and drop it again, or have"
        " the administrator run “pip install pillow-heif”, then press Retry.",
    ),
    "unpacked": _said(
        "压缩包，已解开：里面的 {files} 个文件逐一收录。",
        "壓縮檔，已解開：裡面的 {files} 個檔案逐一收錄。",
        "A ZIP; it was unpacked, and its {files} files were taken in one by one.",
    ),
    "damaged-archive": _said(
        "压缩包已损坏，没有解开，里面的文件一个也没有收录。原文件已保留，请重新打包后放入。",
        "壓縮檔已損壞，沒有解開，裡面的檔案一個也沒有收錄。原檔案已保留，請重新打包後放入。",
        "The ZIP is damaged and was not unpacked; none of its files was taken in. It is kept; pack it again.",
    ),
    "unsafe-archive": _said(
        "压缩包里有不安全的文件路径（{name}），没有解开。请确认来源，重新打包后放入。",
        "壓縮檔裡有不安全的檔案路徑（{name}），沒有解開。請確認來源，重新打包後放入。",
        "A path in the ZIP is not safe ({name}); it was not unpacked. Ask where it comes from, and pack it again.",
    ),
    "empty-archive": _said(
        "压缩包里没有文件。",
        "壓縮檔裡沒有檔案。",
        "There is not one file in the ZIP.",
    ),
    "archive-in-archive": _said(
        "压缩包里的压缩包不会自动解开。请先解开，再把里面的文件放入。",
        "壓縮檔裡的壓縮檔不會自動解開。請先解開，再把裡面的檔案放入。",
        "A ZIP inside a ZIP is not unpacked by itself. Unpack it and drop its files.",
    ),
    "too-many-in-archive": _said(
        "压缩包里有 {files} 个文件，超过设定的上限 {limit} 个，没有解开。请分成几个小包放入。",
        "壓縮檔裡有 {files} 個檔案，超過設定的上限 {limit} 個，沒有解開。請分成幾個小包放入。",
        "There are {files} files in the ZIP; the limit set here is {limit}. It was not unpacked; drop it in parts.",
    ),
    "too-much-in-archive": _said(
        "压缩包解开后太大（{size}），超过设定的上限 {limit}，没有解开。请分成几个小包放入。",
        "壓縮檔解開後太大（{size}），超過設定的上限 {limit}，沒有解開。請分成幾個小包放入。",
        "Unpacked, the ZIP would be too large ({size}; the limit set here is {limit}). Drop it in parts.",
    ),
    "wrong-name": _said(
        "文件名说是 {named}，内容却是 {found}。请确认后改名，或放行。",
        "檔名說是 {named}，內容卻是 {found}。請確認後改名，或放行。",
        "The name says {named} but the content is {found}. Check it and rename it, or release it.",
    ),
    "too-large": _said(
        "图像过大（{size}），超过设定的上限 {limit}。",
        "影像過大（{size}），超過設定的上限 {limit}。",
        "The picture is too large ({size}); the limit set here is {limit}.",
    ),
    "too-many-pages": _said(
        "共 {pages} 页，超过设定的上限 {limit} 页。请分开扫描。",
        "共 {pages} 頁，超過設定的上限 {limit} 頁。請分開掃描。",
        "It has {pages} pages; the limit set here is {limit}. Scan it in parts.",
    ),
    "no-pages": _said(
        "文件里没有一页内容。",
        "檔案裡沒有一頁內容。",
        "There is not one page in the file.",
    ),
    "took-too-long": _said(
        "处理超过时限（{seconds} 秒），已停止。原文件已保留，可以重试。",
        "處理超過時限（{seconds} 秒），已停止。原檔案已保留，可以重試。",
        "Reading took longer than {seconds} seconds and was stopped. The file is kept; it can be tried again.",
    ),
    "took-too-much-memory": _said(
        "处理所需内存超过上限，已停止。原文件已保留。",
        "處理所需記憶體超過上限，已停止。原檔案已保留。",
        "Reading needed more memory than allowed and was stopped. The file is kept.",
    ),
    "wrote-too-much": _said(
        "要写出的文件超过一次处理的上限（{megabytes} MB），已停止。页数太多或图像太大；请拆分成几件后再试。",
        "要寫出的檔案超過一次處理的上限（{megabytes} MB），已停止。頁數太多或影像太大；請拆分成幾件後再試。",
        "The file to be written would exceed what one step may write ({megabytes} MB), and was stopped. It has too "
        "many pages or too large pictures; split it into several items and try again.",
    ),
    "decoder-died": _said(
        "打开文件的程序意外终止。原文件已保留，可以重试。",
        "開啟檔案的程式意外終止。原檔案已保留，可以重試。",
        "The program that opens the file ended unexpectedly. The file is kept; it can be tried again.",
    ),
    "poison": _said(
        "连续 {times} 次处理失败，已停止重试。请检查文件后点“重试”。",
        "連續 {times} 次處理失敗，已停止重試。請檢查檔案後按「重試」。",
        "Handling it failed {times} times and was stopped. Check the file, then press Retry.",
    ),
    "special-file": _said(
        "不是普通文件（{found}），未收录。",
        "不是普通檔案（{found}），未收錄。",
        "Not an ordinary file ({found}); it was not captured.",
    ),
    "temporary-name": _said(
        "临时文件，不收录。",
        "暫存檔，不收錄。",
        "A temporary file; it is not captured.",
    ),
    "vanished": _said(
        "文件在收录之前被移走了。",
        "檔案在收錄之前被移走了。",
        "The file was taken away before it could be captured.",
    ),
    "same-bytes": _said(
        "与已收录的“{name}”内容完全相同。",
        "與已收錄的「{name}」內容完全相同。",
        "Exactly the same bytes as “{name}”, which is already captured.",
    ),
    "newer-version": _said(
        "是“{name}”的新版本，已并入原件。",
        "是「{name}」的新版本，已併入原件。",
        "A newer version of “{name}”; it was taken into that scan.",
    ),
    "cannot-be-read": _said(
        "没有读取权限，无法打开文件。请检查文件夹的权限。",
        "沒有讀取權限，無法開啟檔案。請檢查資料夾的權限。",
        "The file may not be read. Check the permissions of the folder.",
    ),
    "copy-failed": _said(
        "副本没有做成：{reason} 原件不受影响，可以再试。",
        "副本沒有做成：{reason} 原件不受影響，可以再試。",
        "The copy could not be made: {reason} The scans are untouched; try again.",
    ),
    # -- refusals --
    "not-allowed": _said(
        "您没有做这件事的权限。需要时请联系档案管理员。",
        "您沒有做這件事的權限。需要時請聯繫檔案管理員。",
        "You may not do this. Ask the archivist if you need it.",
    ),
    "sign-in-first": _said("请先登录。", "請先登入。", "Please sign in first."),
    "wrong-password": _said("姓名或密码不对。", "姓名或密碼不對。", "The name or the password is wrong."),
    "too-many-attempts": _said(
        "尝试次数过多，请 {minutes} 分钟后再试。",
        "嘗試次數過多，請 {minutes} 分鐘後再試。",
        "Too many attempts; try again in {minutes} minutes.",
    ),
    "weak-password": _said(
        "密码至少要 {length} 个字符。",
        "密碼至少要 {length} 個字元。",
        "A password needs at least {length} characters.",
    ),
    "stale-form": _said(
        "这张表单已过期，内容未保存。请刷新后再试。",
        "這張表單已過期，內容未儲存。請重新整理後再試。",
        "This form is out of date and nothing was saved. Reload the page and try again.",
    ),
    "last-administrator": _said(
        "不能停用最后一位系统管理员。",
        "不能停用最後一位系統管理員。",
        "The last administrator cannot be disabled.",
    ),
    "change-password-first": _said(
        "这是一次性密码，请先换成自己的密码。",
        "這是一次性密碼，請先換成自己的密碼。",
        "This is a one-time password; choose your own first.",
    ),
    "passwords-differ": _said(
        "两次输入的新密码不一样，密码未改。",
        "兩次輸入的新密碼不一樣，密碼未改。",
        "The two new passwords differ; nothing was changed.",
    ),
    "same-password": _said(
        "新密码与原密码相同，请换一个。",
        "新密碼與原密碼相同，請換一個。",
        "The new password is the old one; choose another.",
    ),
    "restricted-item": _said(
        "这件档案限制查阅，您的权限不能直接阅读。需要时请向档案员提出。",
        "這件檔案限制查閱，您的權限不能直接閱讀。需要時請向檔案員提出。",
        "This item is restricted and cannot be read with your rights. Ask the archivist if you need it.",
    ),
    # -- missing --
    "line-changed": _said(
        "这一行已被别人改过：“{line}”。什么都还没有保存，您填写的内容仍在下面。",
        "這一行已被別人改過：「{line}」。什麼都還沒有儲存，您填寫的內容仍在下面。",
        "Somebody has changed this line meanwhile: “{line}”. Nothing is saved yet; what you typed is still below.",
    ),
    "nothing-to-draw": _said(
        "这个类别还没有可以抽取的页。",
        "這個類別還沒有可以抽取的頁。",
        "There is no page to be drawn in this series yet.",
    ),
    "nothing-to-reread": _said(
        "没有可以重新识别的页。", "沒有可以重新辨識的頁。", "There is no page to be read again."
    ),
    "which-pages": _said(
        "请指明要重新识别哪些页：一件、一个全宗或类别，或者全部。",
        "請指明要重新辨識哪些頁：一件、一個全宗或類別，或者全部。",
        "Say which pages are to be read again: an item, a fonds or series, or everything.",
    ),
    "no-such-sample": _said("没有这份抽样。", "沒有這份抽樣。", "There is no such sample."),
    "no-such-saved-search": _said("没有这条保存的检索。", "沒有這條儲存的檢索。", "There is no such saved search."),
    "saved-name-taken": _said(
        "您已有名为“{name}”的保存检索，请另起名称。",
        "您已有名為「{name}」的儲存檢索，請另起名稱。",
        "You have a saved search called “{name}” already; give this one another name.",
    ),
    "cut-short": _said(
        "这次检索范围太大，只查了一部分页面，结果可能不全。请改用长一些的词，少用星号和问号，或者限定全宗、年度再查。",
        "這次檢索範圍太大，只查了一部分頁面，結果可能不全。請改用長一些的詞，少用星號和問號，或者限定全宗、年度再查。",
        "This search asks for so much at once that only a part of the pages was looked through."
        " Longer words, fewer * and ?, or a fonds or a year make it whole.",
    ),
    "export-not-whole": _said(
        "这个检索词现在查不全，导出的目录会有遗漏，所以没有导出。请把检索范围改小，或者稍后再试。",
        "這個檢索詞現在查不全，匯出的目錄會有遺漏，所以沒有匯出。請把檢索範圍改小，或者稍後再試。",
        "Not every page can be looked through for this now, so the catalogue would lack items; nothing was exported."
        " Ask for less, or try again later.",
    ),
    "nothing-asked": _said(
        "没有检索词。请写明查什么。",
        "沒有檢索詞。請寫明查什麼。",
        "There is nothing to search for. Say what is sought.",
    ),
    "say-whose": _said(
        "保存的检索各人归各人。请用 --as 写明是谁的。",
        "儲存的檢索各人歸各人。請用 --as 寫明是誰的。",
        "Saved searches belong to a person. Say whose with --as.",
    ),
    "bad-date": _said(
        "“{value}”不是一个日期。请写成 2024-03-05、2024-03 或 2024。",
        "「{value}」不是一個日期。請寫成 2024-03-05、2024-03 或 2024。",
        "“{value}” is not a date. Write 2024-03-05, 2024-03 or 2024.",
    ),
    "saved-too-many": _said(
        "保存的检索最多 {most} 条，请先删去不用的。",
        "儲存的檢索最多 {most} 條，請先刪去不用的。",
        "{most} searches can be kept; delete some that are not needed first.",
    ),
    "no-such-rereading": _said("没有这次重新识别。", "沒有這次重新辨識。", "There is no such rereading."),
    "no-such-item": _said("没有这件档案。", "沒有這件檔案。", "There is no such item."),
    "no-such-page": _said("没有这一页。", "沒有這一頁。", "There is no such page."),
    "no-such-scan": _said("台账里没有这个文件。", "臺帳裡沒有這個檔案。", "There is no such file in the ledger."),
    "no-such-fonds": _said("没有全宗“{fonds}”。", "沒有全宗「{fonds}」。", "There is no fonds “{fonds}”."),
    "no-such-pack": _said("没有档案制度“{pack}”。", "沒有檔案制度「{pack}」。", "There is no pack “{pack}”."),
    "no-such-series": _said("没有类别“{series}”。", "沒有類別「{series}」。", "There is no series “{series}”."),
    "no-such-person": _said("没有用户“{name}”。", "沒有使用者「{name}」。", "There is no person called “{name}”."),
    "no-such-file": _said("没有文件 {path}。", "沒有檔案 {path}。", "There is no file {path}."),
    "font-missing": _said(
        "这台机器没有中文字体（{font}），不能生成 PDF。请运行 muniment doctor，或导出 XLSX。",
        "這台機器沒有中文字型（{font}），不能產生 PDF。請執行 muniment doctor，或匯出 XLSX。",
        "This machine has no Chinese font ({font}), so no PDF can be made. Run “muniment doctor”, or export XLSX.",
    ),
    "no-home": _said(
        "{home} 不是档案之家。请先运行 muniment init。",
        "{home} 不是檔案之家。請先執行 muniment init。",
        "{home} is not an archive home. Run “muniment init” first.",
    ),
    "no-such-address": _said(
        "没有这个页面。请从左侧目录或检索进入。",
        "沒有這個頁面。請從左側目錄或檢索進入。",
        "There is no such page. Go on from the menu or from the search box.",
    ),
    "no-page-image": _said(
        "这一页的图像尚未生成，请稍后再看。",
        "這一頁的影像尚未產生，請稍後再看。",
        "The picture of this page has not been made yet; look again shortly.",
    ),
    # -- conflicts --
    "name-taken": _said("已有用户“{name}”。", "已有使用者「{name}」。", "There is already a person called “{name}”."),
    "changed-meanwhile": _said(
        "别人刚刚改过这件档案。请刷新后再改，您填写的内容没有丢。",
        "別人剛剛改過這件檔案。請重新整理後再改，您填寫的內容沒有丟。",
        "Somebody has just changed this item. Reload it before you save; what you typed is still here.",
    ),
    "wrong-state": _said(
        "这件档案现在的状态（{state}）不能这样做。",
        "這件檔案現在的狀態（{state}）不能這樣做。",
        "This cannot be done while the item is “{state}”.",
    ),
    "second-watcher": _said(
        "这个文件夹已有一个监视程序在运行。",
        "這個資料夾已有一個監視程式在執行。",
        "Another watcher is already at work on this folder.",
    ),
    "second-writer": _said(
        "索引正由另一个程序写入。",
        "索引正由另一個程式寫入。",
        "Another process is writing the index.",
    ),
    "already-running": _said(
        "这个档案之家已经在运行。",
        "這個檔案之家已經在執行。",
        "This archive home is already running.",
    ),
    # -- wrong use --
    "bad-setting": _said(
        "设置有误：{file} 中的 {key}：{problem}。",
        "設定有誤：{file} 中的 {key}：{problem}。",
        "A setting is wrong: {key} in {file}: {problem}.",
    ),
    "no-hosts": _said(
        "其他电脑还打不开：请在 settings.toml 的 [viewer] hosts 里写上本机的名称或地址。",
        "其他電腦還打不開：請在 settings.toml 的 [viewer] hosts 裡寫上本機的名稱或位址。",
        "Other computers are still refused: name this machine in [viewer] hosts of settings.toml.",
    ),
    "bad-fonds": _said(
        "全宗“{given}”写法不对，应写成 CODE=TITLE:PACK（代码、名称、档案制度）。",
        "全宗「{given}」寫法不對，應寫成 CODE=TITLE:PACK（代碼、名稱、檔案制度）。",
        "“{given}” is not a fonds; write CODE=TITLE:PACK.",
    ),
    "bad-pack": _said(
        "档案制度有误：{file} 中的 {key}：{problem}。",
        "檔案制度有誤：{file} 中的 {key}：{problem}。",
        "The pack is wrong: {key} in {file}: {problem}.",
    ),
    "bad-value": _said(
        "“{field}”的值“{value}”不对。{hint}",
        "「{field}」的值「{value}」不對。{hint}",
        "“{value}” is not a value for {field}. {hint}",
    ),
    "bad-reference-code": _said(
        "“{given}”不是合规的档号（{grammar}）。",
        "「{given}」不是合規的檔號（{grammar}）。",
        "“{given}” is not a reference code under {grammar}.",
    ),
    "bad-query": _said(
        "检索词“{query}”无法理解。", "檢索詞「{query}」無法理解。", "The query “{query}” cannot be read."
    ),
    "home-not-empty": _said(
        "{home} 不是空文件夹，不能恢复到这里。",
        "{home} 不是空資料夾，不能還原到這裡。",
        "{home} is not empty; restore into a new folder.",
    ),
    "bad-backup": _said(
        "备份文件不完整或已损坏：{problem}。",
        "備份檔不完整或已損壞：{problem}。",
        "The backup is incomplete or damaged: {problem}.",
    ),
    "not-complete": _said(
        "还缺：{fields}。补齐后才能归档。",
        "還缺：{fields}。補齊後才能歸檔。",
        "Still missing: {fields}. It can be filed when they are there.",
    ),
    "bad-request": _said(
        "请求有误，未做任何改动。请返回重试。",
        "請求有誤，未做任何改動。請返回重試。",
        "The request cannot be read; nothing was changed. Go back and try again.",
    ),
    "kept-out": _said(
        "按制度（{clause}），此件（“{words}”）不得归入 {series}。",
        "按制度（{clause}），此件（「{words}」）不得歸入 {series}。",
        "By the regulation ({clause}) this item (“{words}”) must not go into {series}.",
    ),
    "bad-pattern": _said(
        "命名规则“{pattern}”有误：{problem}。",
        "命名規則「{pattern}」有誤：{problem}。",
        "The naming pattern “{pattern}” cannot be used: {problem}.",
    ),
    "halves-differ": _said(
        "正面 {fronts} 页，反面 {backs} 页，页数不同，未自动合并；请核对。",
        "正面 {fronts} 頁，反面 {backs} 頁，頁數不同，未自動合併；請核對。",
        "{fronts} fronts and {backs} backs: their numbers differ, so they were not collated. Compare with the paper.",
    ),
    "illegible-pages": _said(
        "第 {pages} 页未识别出文字，请对照原图核对后再归档。",
        "第 {pages} 頁未識別出文字，請對照原圖核對後再歸檔。",
        "Nothing could be read on page {pages}: look at the picture before you file it.",
    ),
    # -- what a cover sheet says and does not hold --
    "cover-unknown-fonds": _said(
        "封面页写的全宗 {fonds} 不存在，请选定全宗。",
        "封面頁寫的全宗 {fonds} 不存在，請選定全宗。",
        "The cover sheet names the fonds {fonds}, which does not exist here.",
    ),
    "cover-fonds": _said(
        "封面页写的全宗是 {fonds}，文件却放在 {folder} 的文件夹里，请核实。",
        "封面頁寫的全宗是 {fonds}，檔案卻放在 {folder} 的資料夾裡，請核實。",
        "The cover sheet says fonds {fonds}, but the scan was dropped into the folder of {folder}.",
    ),
    "cover-series": _said(
        "封面页写的类别 {series} 不在制度之内，请选定类别。",
        "封面頁寫的類別 {series} 不在制度之內，請選定類別。",
        "The cover sheet names the series {series}, which no regulation here has.",
    ),
    "cover-pages": _said(
        "封面页写明 {told} 页，实际扫描 {found} 页，请核对原件。",
        "封面頁寫明 {told} 頁，實際掃描 {found} 頁，請核對原件。",
        "The cover sheet says {told} pages, {found} were scanned: compare with the paper.",
    ),
    "cover-code": _said(
        "指定的档号 {code} 已被占用或与类别不符；归档时将另编新号，请核实。",
        "指定的檔號 {code} 已被佔用或與類別不符；歸檔時將另編新號，請核實。",
        "The code {code} that was given is taken or does not fit the series; filing will assign the next one.",
    ),
    # -- pages arranged by people --
    "reason-needed": _said(
        "这件档案已归档，改动页面请写明原因。",
        "這件檔案已歸檔，改動頁面請寫明原因。",
        "This item is filed: say why its pages are changed.",
    ),
    "last-page": _said(
        "一件档案至少要留一页。整件不要，请撤回；整件并入别处，请用合并。",
        "一件檔案至少要留一頁。整件不要，請撤回；整件併入別處，請用合併。",
        "An item keeps at least one page. Withdraw the whole item, or join it with another.",
    ),
    "same-item": _said(
        "不能与自己合并，请选另一件。", "不能與自己合併，請選另一件。", "That is the same item; choose another."
    ),
    "other-fonds": _said(
        "两件档案不属于同一全宗，页面不能互移。",
        "兩件檔案不屬於同一全宗，頁面不能互移。",
        "The two items are of different fonds; pages stay within theirs.",
    ),
    "not-one-page": _said(
        "用来替换的那件必须只有一页。多页的请先拆分。",
        "用來替換的那件必須只有一頁。多頁的請先拆分。",
        "The rescan must be a single page. Split it first if it has more.",
    ),
    "half-elsewhere": _said(
        "这张对开页的另一半在别的档案里，请先移回来。",
        "這張對開頁的另一半在別的檔案裡，請先移回來。",
        "The other half stands in another item; move it back first.",
    ),
    "nothing-to-undo": _said(
        "没有可以撤销的改动；之后又有别的改动时，也不能撤销。",
        "沒有可以復原的改動；之後又有別的改動時，也不能復原。",
        "There is nothing to undo, or something else was changed since.",
    ),
    "joined-away": _said(
        "这件档案的页面已并入另一件，不能恢复。要分开，请在那一件里拆分。",
        "這件檔案的頁面已併入另一件，不能恢復。要分開，請在那一件裡拆分。",
        "Its pages were joined to another item; split them off there instead.",
    ),
    "choose-a-page": _said("请先勾选页面。", "請先勾選頁面。", "Tick a page first."),
    "choose-an-item": _said("请先选另一件档案。", "請先選另一件檔案。", "Choose the other item first."),
    # -- passing --
    "engine-failed": _said(
        "识别程序出错（{problem}），稍后自动重试。",
        "辨識程式出錯（{problem}），稍後自動重試。",
        "The reading engine failed ({problem}); it will be tried again.",
    ),
    "engine-missing": _said(
        "缺少识别程序 {engine}。请运行 muniment doctor。",
        "缺少辨識程式 {engine}。請執行 muniment doctor。",
        "The reading engine {engine} is not installed. Run “muniment doctor”.",
    ),
    "busy": _said("正忙，请稍候。", "正忙，請稍候。", "Busy at the moment; try again shortly."),
    "damaged-catalogue": _said(
        "目录数据库内部不一致（{problem}），未作任何改动。请从备份恢复，或联系维护人员。",
        "目錄資料庫內部不一致（{problem}），未作任何改動。請從備份還原，或聯絡維護人員。",
        "The catalogue contradicts itself ({problem}); nothing was changed. Restore a backup.",
    ),
    "index-unreachable": _said(
        "连不上全文检索服务器（{problem}）。文件和目录都没有丢，目录检索仍可使用；muniment doctor 会告诉怎么办。",
        "連不上全文檢索伺服器（{problem}）。檔案和目錄都沒有丟，目錄檢索仍可使用；muniment doctor 會告訴怎麼辦。",
        "The full-text server cannot be reached ({problem}). No record is lost; the catalogue can still be searched."
        " muniment doctor tells what to do.",
    ),
    "index-damaged": _said(
        "检索索引已损坏，正在重建。文件和目录都没有丢，目录检索仍可使用。",
        "檢索索引已損壞，正在重建。檔案和目錄都沒有丟，目錄檢索仍可使用。",
        "The search index is damaged and is being made again. No record is lost; the catalogue can still be searched.",
    ),
    "disk-full": _said(
        "磁盘已满。文件仍在原处，腾出空间后会自动继续。",
        "磁碟已滿。檔案仍在原處，騰出空間後會自動繼續。",
        "The disk is full. Files stay where they are; work goes on when there is room.",
    ),
    "broker-lost": _said("任务队列无法连接。", "任務佇列無法連線。", "The queue cannot be reached."),
    # -- batch sheets --
    "no-such-batch": _said("没有这个批次。", "沒有這個批次。", "There is no such batch."),
    "batch-state": _said(
        "这个批次现在不能这样做：可能已经有人完成检查或签字。请刷新后再看。",
        "這個批次現在不能這樣做：可能已經有人完成檢查或簽字。請重新整理後再看。",
        "This cannot be done with the batch now: somebody may have closed its check or signed it. Reload the page.",
    ),
    "batch-changed-meanwhile": _said(
        "别人刚刚改过这个批次，您的改动没有保存。请刷新后再试。",
        "別人剛剛改過這個批次，您的改動沒有儲存。請重新整理後再試。",
        "Somebody has just changed this batch; your change was not saved. Reload the page and try again.",
    ),
    "batch-changed": _said(
        "检查之后，这个批次的页面有变动，不能签字。请退回，重新检查。",
        "檢查之後，這個批次的頁面有變動，不能簽字。請退回，重新檢查。",
        "Pages of this batch have changed since it was checked, so it cannot be signed. Reopen it and check it again.",
    ),
    "second-person": _said(
        "签字要由另一个人来做：{name} 已经参与了这个批次的扫描或检查。请换一位同事登录后签字。",
        "簽字要由另一個人來做：{name} 已經參與了這個批次的掃描或檢查。請換一位同事登入後簽字。",
        "A second person has to sign: {name} took part in scanning or checking this batch. Ask a colleague to sign in.",
    ),
    "cannot-sign": _said(
        "{name} 不能签字：签字人须是档案人员，并已改过一次性密码。",
        "{name} 不能簽字：簽字人須是檔案人員，並已改過一次性密碼。",
        "{name} cannot sign: an archivist does, who has changed the one-time password.",
    ),
    "still-reading": _said(
        "这个批次还有 {n} 页没有识别完，请稍候再检查。",
        "這個批次還有 {n} 頁沒有辨識完，請稍候再檢查。",
        "{n} pages of this batch have not been read yet. Check it when they are.",
    ),
    "sample-open": _said(
        "抽检还没有做完：请先抽样，并看完抽到的每一页。",
        "抽檢還沒有做完：請先抽樣，並看完抽到的每一頁。",
        "The sample is not finished: draw it, and look at every page that was drawn.",
    ),
    "note-missing": _said(
        "这个批次有不符合要求的地方，请在“说明”里写明原因和处理办法，再完成检查。",
        "這個批次有不符合要求的地方，請在「說明」裡寫明原因和處理辦法，再完成檢查。",
        "This batch does not come out even: say in the note why, and what is done about it, then close the check.",
    ),
    "bad-page-count": _said(
        "应有页数请写成数字，例如 120（现在是“{given}”）。",
        "應有頁數請寫成數字，例如 120（現在是「{given}」）。",
        "Write the number of pages in digits, such as 120 (not “{given}”).",
    ),
    "reason-missing": _said("请写明原因。", "請寫明原因。", "Say why."),
    "bad-page-without-reason": _said(
        "判为不合格的页，请写明原因。",
        "判為不合格的頁，請寫明原因。",
        "Say what is wrong with a page that is not good.",
    ),
    "fault": _said(
        "程序出错了，没有丢失任何文件。请把编号 {reference} 告诉管理员。",
        "程式出錯了，沒有遺失任何檔案。請把編號 {reference} 告訴管理員。",
        "Something went wrong on our side; no file is lost. Tell the administrator the number {reference}.",
    ),
    **OF_RULES,
    **OF_PACKS,
    **OF_SETS,
    **OF_LISTS,
}
