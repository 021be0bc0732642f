"""
How pages say that they are not there, in the languages that papers' hosts speak.

Conservative: a title counts where a whole part of it says so, never where it only
contains the words, for papers are called *404: A Dataset of Vanished Pages*.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from enrich.pages.phrases import Phrases
from enrich.patterns import pattern

_PARTS = pattern(r"\s[-–—]+\s|\s*[|•·»«›‹→~]\s*|\s*(?:::|//)\s*|\s/\s")
_COLON = pattern(r"\s*[:：,;!！.。]+\s*")
_EDGES = pattern(r"^[\W_]+|[\W_]+$")
_MOST_PARTS = 4
_FEW_WORDS = 4
"""Of the rest of a title, which is then a site's name and no paper's title."""

_BARE = frozenset({"404", "not found", "error 404", "404 error", "http 404", "http error 404", "410", "gone"})
"""Said alone; beside a long text they are part of it."""
_TITLES = frozenset(
    """
    404 not found|error 404 (not found)!!1|404 page not found|404 file not found|page not found
    |page not found 404
    |page not found error|page not found error 404|error 404 page not found|error 404 not found
    |404 error page not found|error page not found|file not found|document not found|resource not found
    |content not found|object not found|site not found|paper not found|article not found
    |project not found|publication not found|item not found|record not found|page does not exist
    |page doesn't exist|this page does not exist|this page doesn't exist|page no longer exists
    |this page no longer exists|page not available|this page is not available|this page isn't available
    |page can't be found|page cannot be found|the page cannot be found|the page can't be found
    |page could not be found|the page could not be found|this page could not be found
    |that page can't be found|oops that page can't be found|oops! that page can't be found
    |we can't find that page|we couldn't find that page|we can't find the page you're looking for
    |the requested page could not be found|the page was not found|the requested url was not found
    |the requested url was not found on this server|sorry page not found|oops page not found
    |the resource cannot be found|the page you requested was not found|410 gone|page removed
    |page has been removed|this page has been removed|page deleted|nothing here|seite nicht gefunden
    |die seite wurde nicht gefunden|seite wurde nicht gefunden|fehler 404|404 seite nicht gefunden
    |seite existiert nicht|diese seite existiert nicht|die seite existiert nicht
    |seite konnte nicht gefunden werden|die seite konnte nicht gefunden werden|datei nicht gefunden
    |objekt nicht gefunden|404 nicht gefunden|page non trouvée|page introuvable|erreur 404
    |404 page non trouvée|404 page introuvable|page inexistante|cette page n'existe pas
    |la page n'existe pas|cette page n'existe plus|page non disponible|fichier introuvable
    |página no encontrada|404 página no encontrada|no se encontró la página
    |no se ha encontrado la página|esta página no existe|la página no existe|página inexistente
    |página no disponible|pagina non trovata|errore 404|404 pagina non trovata|pagina inesistente
    |la pagina non esiste|questa pagina non esiste|página não encontrada|erro 404
    |404 página não encontrada|esta página não existe|a página não existe|a página não foi encontrada
    |pagina niet gevonden|fout 404|404 pagina niet gevonden|deze pagina bestaat niet
    |de pagina bestaat niet|nie znaleziono strony|strona nie istnieje|błąd 404
    |strona nie została znaleziona|strony nie znaleziono|stránka nenalezena|stránka nebyla nalezena
    |stránka neexistuje|chyba 404|stránka sa nenašla|страница не найдена|ошибка 404
    |404 страница не найдена|страница не существует|такой страницы не существует|сторінку не знайдено
    |сторінка не знайдена|помилка 404|sidan hittades inte|sidan kunde inte hittas|sidan finns inte
    |siden blev ikke fundet|siden findes ikke|siden ble ikke funnet|siden finnes ikke|sivua ei löytynyt
    |sivua ei löydy|sayfa bulunamadı|az oldal nem található|a keresett oldal nem található
    |pagina nu a fost găsită|η σελίδα δεν βρέθηκε|pàgina no trobada|页面不存在|页面未找到|找不到页面
    |页面没有找到|您访问的页面不存在|页面找不到|找不到该页面|404错误|无法找到该页|网页不存在|頁面不存在
    |找不到頁面|找不到網頁|找不到此頁面|您訪問的頁面不存在|ページが見つかりません
    |ページが見つかりませんでした|お探しのページは見つかりませんでした|お探しのページが見つかりません
    |ページが存在しません|指定されたページが見つかりません|페이지를 찾을 수 없습니다
    |존재하지 않는 페이지입니다|존재하지 않는 페이지|요청하신 페이지를 찾을 수 없습니다
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)

_NOT = (
    r"(?:not|n't|no longer|cannot|never) (?:be )?(?:found|exist|available|here|located|find)"
    r"|(?:been|was|were) (?:moved|removed|deleted|renamed)|(?:doesn't|does not|no longer) exist"
)
SENTENCES = Phrases(
    "|".join(
        (
            r"(?:page|url|document|file|resource|article|paper|content|address)(?: that)? "
            r"(?:you(?:'re| are| were|'ve| have)?|we)(?: were| are)? "
            r"(?:looking for|requested|trying to (?:reach|access|view|find)|tried to (?:reach|access"
            r"|view|find)|asked for)"
            rf"[^.!?]{{0,80}}?(?:{_NOT})",
            r"(?:the requested|this|that|the) (?:page|url|resource|document|file) (?:[^.!?]{0,60}? )?"
            r"(?:(?:could|can|was|is|does|do|has)(?: ?not|n't)|cannot|no longer) (?:be )?(?:found"
            r"|exists?|available)",
            r"the requested url [^\s]{1,300} was not found on this server",
            r"(?:we|i)(?:'re sorry,? (?:but )?we)? (?:could|can)(?: ?not|n't) find (?:the|that|this) page",
            r"die (?:von ihnen )?(?:gesuchte|angeforderte|aufgerufene|gewünschte)n? (?:seite|adresse"
            r"|datei|url)"
            r"[^.!?]{0,80}?(?:nicht|existiert)",
            r"la page (?:que vous (?:cherchez|recherchez|demandez|avez demandée)|demandée|recherchée)"
            r"[^.!?]{0,80}?(?:n'existe|introuvable|n'a pas|n'est (?:pas|plus)|ne peut)",
            r"la página (?:que (?:buscas?|est[áa]s? buscando|ha solicitado|intenta)|solicitada|buscada)"
            r"[^.!?]{0,80}?(?:no existe|no se|no est[áa]|no fue|ya no)",
            r"la pagina (?:che (?:stai cercando|cerchi|hai (?:richiesto|cercato))|richiesta|cercata)"
            r"[^.!?]{0,80}?(?:non |rimossa)",
            r"a página (?:que (?:você |voce )?(?:procura|está procurando|procurou|solicitou|tentou)"
            r"|solicitada|procurada)"
            r"[^.!?]{0,80}?não",
            r"de (?:door u )?(?:opgevraagde|gezochte|gevraagde) pagina[^.!?]{0,80}?(?:niet|bestaat)",
            r"(?:запрашиваем|запрошенн|указанн|искомая)\w* (?:вами )?страниц\w*[^.!?]{0,80}?(?:не |удален)",
            r"страниц\w*, котор\w+ вы (?:ищете|искали|запрашива\w+)[^.!?]{0,80}?не ",
            r"[您你]所?(?:访问|请求|查找|要找|寻找|要查看|訪問|要找)的(?:页面|网页|内容|頁面"
            r"|網頁)[^。！]{0,20}?"
            r"(?:不存在|已删除|已被删除|找不到|未找到|已移除)",
            r"お探しのページ[^。]{0,30}?(?:見つかりません|存在しません|ありません)",
            r"(?:요청하신|찾으시는) 페이지[^.]{0,30}?(?:없습니다|찾을 수)",
        )
    ),
    "looking for|requested|trying to |tried to |asked for|not find|n't find|not found|n't found"
    "|not be found|n't be found|longer found|longer be found|not exist|n't exist|not be exist|n't be exist"
    "|longer exist|longer be exist|not available|n't available|not be available|n't be available"
    "|longer available|longer be available|gesuchte|angeforderte|aufgerufene|gewünschte|la page |a página "
    "|la pagina |opgevraagde|gezochte|gevraagde|страниц|的页面|的网页"
    "|的内容|的頁面|的網頁|お探しのページ|페이지",
)


@lru_cache(maxsize=32)  # several questions about one page begin with it
def normal(text: str) -> str:
    """For comparing: NFKC, case folded, plain apostrophes, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split())


def normal_of(*texts: str) -> str:
    """As `normal`, of *texts* with spaces between them."""
    return " ".join(filter(None, map(normal, texts)))


def title_says_gone(title: str) -> bool:
    """
    Whether *title* is that of an error page, beside the site's name perhaps.

    >>> title_says_gone("Page not found – Acme Lab"), title_says_gone("404: A Dataset of Vanished Pages")
    (True, False)
    """
    parts = [part for part in map(_bared, _PARTS.split(normal(title))) if part]
    if not 0 < len(parts) <= _MOST_PARTS:
        return False
    others = [part for part in parts if not _is_error(part)]
    if len(others) == len(parts):
        return False
    is_bare = all(part in _BARE for part in parts if part not in others)
    return not is_bare or all(len(part.split()) <= _FEW_WORDS and len(part) <= 30 for part in others)


def heading_says_gone(heading: str) -> bool:
    """Whether a heading says nothing but that the page is not there."""
    return _is_error(_bared(normal(heading)))


def text_says_gone(text: str) -> bool:
    """Whether a sentence of *text* says that the page is not there."""
    return SENTENCES.search(normal(text)) is not None


def _is_error(part: str) -> bool:
    if part in _TITLES or part in _BARE:
        return True
    pieces = [_bared(piece) for piece in _COLON.split(part)]
    return len(pieces) > 1 and all(
        piece in _TITLES or piece in _BARE | _APOLOGIES for piece in pieces if piece
    )


_APOLOGIES = frozenset(
    {"désolé", "error", "hoppla", "oops", "ooops", "sorry", "uh oh", "ups", "we're sorry", "whoops"}
)


def _bared(part: str) -> str:
    return _EDGES.sub("", part)
