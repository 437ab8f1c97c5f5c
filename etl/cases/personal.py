"""Columns that no layout may name: by their names they have a name, an address, a telephone, an identity number ...

Only names of columns are looked at here; `etl.cases.records` refuses pseudonyms that look like these. The words are
those that registers of the Americas use in Spanish, Portuguese, English, French and Dutch (Suriname), in small letters
without accents.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnWords:
    """Words in the names of columns.

    Attributes:
        whole: found only as a word of a name, or as the whole name: `CI` is not in `decision`.
        within: found anywhere, also in longer words: `telefon` is in `TELEFONOCASA`.
        alone: found only as the whole name, as other names have the word, too: `SIN`, but not `sin_estudios`.
    """

    whole: frozenset[str]
    within: frozenset[str]
    alone: frozenset[str] = frozenset()


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Of a column of countries these are harmless: the name of a country, that of residence.
NAMES = _listed("name names nombre nombres nome nomes nom noms naam namen")
RESIDENCE = _listed("residenci residence")
OF_COUNTRIES = _listed(
    "country pais pays nationality nacionalidad nacionalidade nationalite citizenship ciudadania cidadania citoyennete "
    "land nationaliteit staatsburgerschap"
)
# By what a column has: its words.
PERSONAL: Mapping[str, ColumnWords] = {
    "a name": ColumnWords(
        whole=NAMES
        | _listed(
            "alias apodo apodos alcunha surnom maiden initials iniciales iniciais paterno materno madre padre mae pai "
            "mother father mere pere firma assinatura signature moeder vader voornaam voornamen bijnaam roepnaam "
            "handtekening"
        ),
        within=_listed(
            "apellid apelid sobrenome prenom patronym nombrecompleto nomecompleto nomcomplet primernombre "
            "segundonombre primeironome surname forename firstname lastname fullname givenname middlename familyname "
            "nickname achternaam familienaam"
        ),
    ),
    "an address": ColumnWords(
        whole=_listed(
            "addr dir street streets calle calles rua rue avenida avenue av ave barrio bairro quartier colonia casa "
            "housenumber zip zipcode cep gps lat lon lng vivienda moradia logement adres straat huisnummer"
        ),
        within=RESIDENCE
        | _listed(
            "address adresse direccion domicil endereco logradouro postal postcode latitud longitud coordenada "
            "coordinate coordonne geoloc woonplaats geboorteplaats lugarnacimiento lugardenacimiento localnascimento "
            "localdenascimento birthplace placeofbirth lieunaissance lieudenaissance"
        ),
    ),
    "a telephone number or another way to reach a person": ColumnWords(
        whole=_listed(
            "tel tels telf telef fono fonos phone phones cell cel movil moviles mobil portable gsm fax wsp skype mail "
            "mails email emails usuario mobiel"
        ),
        within=_listed(
            "telephon telefon telefoon cellphone phonenumber smartphone cellular celular mobile whatsapp telegram "
            "correo courriel contact contato facebook instagram twitter tiktok username"
        ),
    ),
    "an identity number, a photo or a fingerprint": ColumnWords(
        # Bolivia, Ecuador, Paraguay, Uruguay, Venezuela: CI; Argentina, Honduras, Peru: DNI. Guatemala: CUI, DPI; El
        # Salvador: DUI; Mexico: INE, RFC, NSS; Colombia: NUIP.
        whole=_listed(
            "ci dni dnis cuil cuit ruc run rut rtn rnc nit nif nie nis cui dpi dui ine ife rfc nss nuip cic cip cin "
            "dimex numid rg cnh cns ctps pis pasep rne rnm crnm ssn tin itin trn nrn idnumber idno idnum idcard "
            "numeroid nroid doc docs piece pieces foto fotos photo photos"
        ),
        within=_listed(
            "curp cpf passport pasaporte passaporte passeport cedula licencia social identidad identite identity "
            "identificac identification document elector eleitor huella fingerprint paspoort rijbewijs idnummer"
        ),
        # Canada: SIN, NAS; Colombia: CC.
        alone=_listed("sin nas cc"),
    ),
    "free text": ColumnWords(
        whole=_listed(
            "note notes nota notas obs text texto textos texte textes memo glosa relato relatos recit story historia "
            "hechos facts faits fatos sintesis"
        ),
        within=_listed(
            "observac observation comment coment remark narrativ narrac resumen resumo summary detalle detalhe detail "
            "descri anotac annotation testimon depoimento temoignage circunstanci circumstanc circonstanc freetext "
            "opmerking toelichting omschrijving aantekening"
        ),
    ),
}
# What the name of a column of days begins or ends with, without blanks: such a column may be of the day of a document.
DAYS = re.compile(r"^(?:fec|fch|data|date|datum|dt|dia|day|jour)|^[fd] |(?:fecha|date| day)$")
# What registers write before or after a short word: `nrodni`, `nomevitima`.
AROUND = re.compile(r"^(?:numero|num|nro)|(?:victima|vitima|victime|victim)s?$")


def personal(column: str, *, days: bool) -> str:
    """What a column has by its name, a key of `PERSONAL`; empty if nothing of a person and no free text.

    Args:
        days: the layout says that it has days: those of a document are harmless, if the name says that it has days.
    """
    words = _words(column)
    joined = "".join(words)
    if days and DAYS.search(" ".join(words)):
        return ""
    harmless = NAMES | RESIDENCE if {*words} & OF_COUNTRIES else frozenset[str]()
    written = {*words, joined}
    known = (written | {AROUND.sub("", word) for word in written}) - harmless
    for kind, listed in PERSONAL.items():
        alone = {joined, AROUND.sub("", joined)} & listed.alone
        if alone or known & listed.whole or any(part in joined for part in listed.within - harmless):
            return kind
    return ""


def _words(column: str) -> list[str]:
    """The words in the name of a column, in small letters and without accents: `FechaNac` has `fecha` and `nac`."""
    plain = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", column))
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    return re.findall(r"[a-z]+", apart.lower())
