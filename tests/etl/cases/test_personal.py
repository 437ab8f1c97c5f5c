"""By its name a column is of a person or has free text, or not: usual names in the languages of the Americas."""

import pytest

from etl.cases.personal import PERSONAL, personal

NAME, ADDRESS, TELEPHONE, IDENTITY, TEXT = PERSONAL
REFUSED = {
    NAME: (
        *("nombre", "Nombre completo", "nombrecompleto", "PRIMER_NOMBRE", "APELLIDOS", "Apellido paterno", "name"),
        *("Nome da vítima", "nomevitima", "sobrenome", "nome_mae", "Nome do pai", "prénom", "Nom de la victime"),
        *("full_name", "VictimName", "Surname", "last name", "mother", "alias", "Apelido", "surnom", "Firma"),
        *("naam", "Naam slachtoffer", "VOORNAAM", "voornamen", "achternaam", "familienaam", "roepnaam", "moeder"),
    ),
    ADDRESS: (
        *("direccionactual", "Dirección actual", "domicilio", "Domiciliado en", "lugar_residencia", "Residencia"),
        *("Calle y número", "rua", "Endereço", "CEP", "logradouro", "bairro", "colonia", "codigo_postal", "zipcode"),
        *("home_address", "Street", "residence", "adresse", "rue", "domicile", "Latitud", "coordenadas", "GPS"),
        *(
            "adres",
            "Straat",
            "woonplaats",
            "Geboorteplaats",
            "Lugar de nacimiento",
            "place_of_birth",
            "Lieu de naissance",
        ),
    ),
    TELEPHONE: (
        *("telefonocasa", "telefono_1", "tel", "TELF", "celular", "Móvil", "cellphone", "cell_phone", "mobile"),
        *("telephone", "Phone no.", "téléphone", "portable", "correo", "Correo electrónico", "e-mail", "EMAIL"),
        *("eMail", "courriel", "contato", "contacto", "WhatsApp", "facebook"),
        *("telefoon", "Telefoonnummer", "mobiel"),
    ),
    IDENTITY: (
        *("CURP", "curpvictima", "RFC", "INE", "DNI", "nrodni", "NoDNI", "CUI", "DUI", "DPI", "CPF", "CPFVitima", "RG"),
        *("NIT", "NSS", "SSN", "CI", "C.I.", "ci_victima", "CIVictima", "RUT", "RUN", "RUC", "CUIT", "RTN", "NIF"),
        *("pasaporte", "PASSPORT", "passeport", "cédulaidentidad", "cedula", "numero_identidad", "no_documento"),
        *("Numéro de pièce", "seguro_social", "social_security", "id_number", "ID No", "num_id", "clave_elector"),
        *(
            "nr_documento",
            "tipo_doc",
            "foto",
            "huella",
            "SIN",
            "NAS",
            "NroSIN",
            "C.C.",
            "CC",
            "cc_victima",
            "ID-nummer",
        ),
        *("paspoort", "rijbewijs"),
    ),
    TEXT: (
        *("observaciones", "Observação", "ObservacionesCaso", "obs", "notas", "Notes", "relato", "Relato dos fatos"),
        *("hechos", "narrative", "narración", "Detalles", "resumen", "commentaires", "texto", "remarks", "descripcion"),
        *("descrição", "Testimonio", "depoimento", "summary"),
        *("opmerkingen", "Toelichting", "omschrijving"),
    ),
}
INNOCENT = (
    *("sexo", "Sexe", "sex", "gender", "género", "edad", "idade", "âge", "age", "rango_edad", "F_NAC", "birth_date"),
    *("citizenship", "nacionalidad", "Nationalité", "nombre_pais", "nome do país", "country_name", "pais_residencia"),
    *("decision", "decisión", "clinic", "clínica", "cinema", "cita", "ciudadanía", "incident", "situacion", "official"),
    *("line", "medicine", "linea", "routine", "ruta", "rutina", "corte", "cuidado", "nitido", "regla", "organ"),
    *("telar", "celda", "mobilidad", "novel", "maillot", "textil", "notificacion", "notaria", "relatorio", "statut"),
    *("finalidad", "forma_explotacion", "PAIS_EXPLOTACION", "Pays d’exploitation", "destino", "calidad", "status"),
    *("id", "id_caso", "victim_id", "case_number", "num_id_caso", "codigo", "clave", "folio", "SEUDONIMO", "pseudonym"),
    *("resultado", "region", "departamento", "municipio", "delito", "rol", "etapa", "denuncia", "fecha"),
    *(
        "data_denuncia",
        "database",
        "callejera",
        "aveugle",
        "director",
        "directiva",
        "latino",
        "londres",
        "casado",
        "faxina",
        "paises",
    ),
)
INNOCENT += (
    *(
        "sin_estudios",
        "casos sin sentencia",
        "nas_ruas",
        "asinado",
        "acceso",
        "cc_aa",
        "ccaa",
        "Sinaloa",
        "nasionalidad",
    ),
    *("geslacht", "leeftijd", "geboortedatum", "geboorteland", "land van uitbuiting", "naam_land", "nationaliteit"),
    *("voornaamste_vorm", "datum_melding", "dossiernummer", "status", "pais_nacimiento", "country_of_birth"),
)
OF_DAYS = (
    *("fecha_identificacion", "Fecha del documento", "FECHA_HECHOS", "F_IDENTIFICACION", "fechaidentificacion"),
    *("data do relato", "DataContato", "date of contact", "identification date", "Date des faits", "dt_documento"),
    *("datum contact", "DatumToelichting"),
)


@pytest.mark.parametrize(("kind", "column"), [(kind, column) for kind, every in REFUSED.items() for column in every])
def test_a_usual_name_of_such_a_column_is_known(kind, column):
    assert personal(column, days=False) == kind
    # That a column has days is believed only if its name says so.
    assert personal(column, days=True) == kind


def test_every_word_of_the_list_is_known_in_capital_letters_too():
    for kind, listed in PERSONAL.items():
        for word in listed.whole | listed.within | listed.alone:
            assert personal(word, days=False)
            assert personal(word.upper(), days=True), kind


@pytest.mark.parametrize("column", INNOCENT)
def test_other_columns_pass(column):
    assert personal(column, days=False) == ""


@pytest.mark.parametrize("column", OF_DAYS)
def test_the_day_of_a_document_is_none_of_a_person(column):
    assert personal(column, days=True) == ""
    assert personal(column, days=False) != ""


def test_a_country_in_the_name_excuses_only_names_and_residence():
    assert personal("direccion_pais", days=False) == ADDRESS
    assert personal("telefono_pais", days=False) == TELEPHONE
