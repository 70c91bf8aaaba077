import Foundation
import Postgres
import Words

/// The language catalogues in the database, for views that speak.
enum Wording {
    static func store(_ catalogues: Catalogues, _ connection: borrowing Connection) throws {
        for language in Language.allCases {
            let texts = catalogues[language].texts
            let json = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
            try connection.query(
                """
                insert into mmt.wording (language, key, text)
                select $1, key, value from jsonb_each_text($2::jsonb)
                on conflict (language, key) do update set text = excluded.text where wording.text <> excluded.text
                """, [language.rawValue, json])
            try connection.query(
                "delete from mmt.wording where language = $1 and not $2::jsonb ? key", [language.rawValue, json])
        }
    }
}
