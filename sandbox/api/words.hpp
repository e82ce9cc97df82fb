#pragma once

#include <string>
#include <string_view>

namespace crier::sandbox {

/// A text that the server says in the language of whom it says it to. "{}" stands for what it is about.
struct Words {
    std::string_view english;
    std::string_view german;
    std::string_view pleroma{}; ///< its own words, where it has such
};

[[nodiscard]] std::string say(const Words& words, std::string_view language, std::string_view about = {});

namespace words {
// clang-format off
inline constexpr Words token_invalid{"The access token is invalid", "Der Zugriffstoken ist ungültig"};
inline constexpr Words token_revoked{"The access token was revoked", "Der Zugriffstoken wurde widerrufen"};
inline constexpr Words text_blank{"Validation failed: Text can't be blank", "Gültigkeitsprüfung ist fehlgeschlagen: Text muss ausgefüllt werden", "Cannot post an empty status without attachments"};
inline constexpr Words text_too_long{"Validation failed: Text character limit of {} exceeded", "Gültigkeitsprüfung ist fehlgeschlagen: Text überschreitet die Grenze von {} Zeichen", "The status is over the character limit"};
inline constexpr Words visibility_wrong{"Validation failed: Visibility is not included in the list", "Gültigkeitsprüfung ist fehlgeschlagen: Sichtbarkeit ist kein gültiger Wert"};
inline constexpr Words too_many_files{"Cannot attach more than {} files", "Es können nicht mehr als {} Dateien angehängt werden", "Too many attachments"};
inline constexpr Words media_not_found{"Media {} not found or already attached to another post", "Medien {} nicht gefunden oder bereits an einen anderen Beitrag angehängt", "One or more media could not be found"};
inline constexpr Words video_and_images{"Cannot attach a video to a post that already contains images", "Ein Video kann nicht an einen Beitrag angehängt werden, der bereits Bilder enthält"};
inline constexpr Words media_not_ready{"Cannot attach files that have not finished processing. Try again in a moment!", "Dateien, die noch verarbeitet werden, können nicht angehängt werden. Versuche es gleich noch einmal!"};
inline constexpr Words reply_missing{"The post you are trying to reply to does not appear to exist.", "Der Beitrag, auf den du antworten möchtest, scheint nicht zu existieren.", "Cannot reply to a deleted status"};
inline constexpr Words quote_missing{"The post you are trying to quote does not appear to exist.", "Der Beitrag, den du zitieren möchtest, scheint nicht zu existieren.", "You can't quote a status that doesn't exist"};
inline constexpr Words pin_limit{"Validation failed: You have already pinned the maximum number of posts", "Gültigkeitsprüfung ist fehlgeschlagen: Du hast bereits die maximale Anzahl an Beiträgen angeheftet", "You have already pinned the maximum number of statuses"};
inline constexpr Words pin_foreign{"Validation failed: Someone else's post cannot be pinned", "Gültigkeitsprüfung ist fehlgeschlagen: Du kannst nur eigene Beiträge anheften", "Someone else's status cannot be pinned"};
inline constexpr Words pin_direct{"Validation failed: Posts that are only visible to mentioned users cannot be pinned", "Gültigkeitsprüfung ist fehlgeschlagen: Beiträge, die nur für erwähnte Profile sichtbar sind, können nicht angeheftet werden", "Non-public status cannot be pinned"};
inline constexpr Words thumbnail_wrong{"Validation failed: Thumbnail must be blank", "Gültigkeitsprüfung ist fehlgeschlagen: Vorschaubild darf nicht ausgefüllt werden"};
inline constexpr Words thumbnail_type{"Validation failed: Thumbnail content type is invalid, Thumbnail is invalid", "Gültigkeitsprüfung ist fehlgeschlagen: Vorschaubild hat einen ungültigen Inhaltstyp, Vorschaubild ist nicht gültig"};
inline constexpr Words content_type{"Validation failed: Content type is not included in the list", "Gültigkeitsprüfung ist fehlgeschlagen: Inhaltstyp ist kein gültiger Wert"};
inline constexpr Words language{"Invalid language", "Ungültige Sprache", "Invalid language"};
inline constexpr Words record_missing{"Record not found", "Record not found"};
inline constexpr Words record_invalid{"Record invalid", "Ungültiger Datensatz"};
inline constexpr Words scheduled_too_soon{"Validation failed: Scheduled at date must be in the future", "Gültigkeitsprüfung ist fehlgeschlagen: Der Zeitpunkt muss in der Zukunft liegen"};
inline constexpr Words scheduled_over_day{"Validation failed: You have exceeded the limit of 25 scheduled posts for today", "Gültigkeitsprüfung ist fehlgeschlagen: Du hast das Limit von 25 geplanten Beiträgen für heute erreicht"};
inline constexpr Words scheduled_over_total{"Validation failed: You have exceeded the limit of 300 scheduled posts", "Gültigkeitsprüfung ist fehlgeschlagen: Du hast das Limit von 300 geplanten Beiträgen erreicht"};
inline constexpr Words poll{"Validation failed: {}", "Gültigkeitsprüfung ist fehlgeschlagen: {}"};
inline constexpr Words file_blank{"Validation failed: File can't be blank", "Gültigkeitsprüfung ist fehlgeschlagen: Datei muss ausgefüllt werden"};
inline constexpr Words file_type{"Validation failed: File content type is invalid, File is invalid", "Gültigkeitsprüfung ist fehlgeschlagen: Datei hat einen ungültigen Inhaltstyp, Datei ist nicht gültig"};
inline constexpr Words file_size{"Validation failed: File file size must be less than {}, File is invalid", "Gültigkeitsprüfung ist fehlgeschlagen: Dateigröße muss kleiner als {} sein, Datei ist nicht gültig"};
inline constexpr Words description_too_long{"Validation failed: Description is too long (maximum is {} characters)", "Gültigkeitsprüfung ist fehlgeschlagen: Beschreibung ist zu lang (mehr als {} Zeichen)"};
inline constexpr Words redirect_uri{"Validation failed: Redirect URI must be an absolute URI.", "Gültigkeitsprüfung ist fehlgeschlagen: Weiterleitungs-URI muss eine absolute URI sein."};
// clang-format on
} // namespace words

} // namespace crier::sandbox
