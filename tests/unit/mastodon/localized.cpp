#include "answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;
using namespace crier::mastodon::test;

namespace {

/// What a server with an account set to German says where its translation has a text, beside the English.
struct Pair {
    Endpoint endpoint;
    int status;
    const char* english;
    const char* other;
};

const Pair pairs[] = {
    {Endpoint::publish, 401, "The access token is invalid", "Der Zugriffs-Token ist ungültig"},
    {Endpoint::publish, 401, "The access token was revoked", "Der Zugriffs-Token wurde annulliert"},
    {Endpoint::publish, 403, "This action is not allowed", "Diese Aktion ist nicht erlaubt"},
    {Endpoint::publish, 404, "The post you are trying to reply to does not appear to exist.",
     "Der Beitrag, auf den du antworten möchtest, scheint nicht zu existieren."},
    {Endpoint::publish, 422, "Validation failed: Text can't be blank",
     "Gültigkeitsprüfung gescheitert: Text darf nicht leer sein"},
    {Endpoint::publish, 422, "Validation failed: Text character limit of 500 exceeded",
     "Gültigkeitsprüfung gescheitert: Text Zeichenlimit von 500 wurde überschritten"},
    {Endpoint::publish, 422, "Cannot attach more than 4 files",
     "Es können nicht mehr als 4 Dateien angehängt werden"},
    {Endpoint::publish, 422, "Media 1 not found or already attached to another post",
     "Medien 1 nicht gefunden oder bereits an anderen Beitrag angehängt"},
    {Endpoint::publish, 422, "Cannot attach files that have not finished processing. Try again in a moment!",
     "Dateien, die noch nicht verarbeitet wurden, können nicht angehängt werden. Versuche es gleich noch "
     "einmal!"},
    {Endpoint::publish, 429, "Too many requests", "Zu viele Anfragen"},
    {Endpoint::publish, 503, "There was a temporary problem serving your request, please try again",
     "Bei der Verarbeitung trat ein vorübergehendes Problem auf, bitte versuche es noch einmal"},
    {Endpoint::upload, 422, "Validation failed: File content type is invalid",
     "Gültigkeitsprüfung gescheitert: Datei hat einen ungültigen Typ"},
    {Endpoint::media_state, 404, "Record not found", "Datensatz nicht gefunden"},
    {Endpoint::media_state, 422, "Error processing thumbnail for uploaded media", "処理エラー"},
    {Endpoint::probe, 403, "This action is outside the authorized scopes",
     "Diese Aktion liegt außerhalb der erlaubten Bereiche"},
};

Reply answer(const Pair& pair, const char* words, bool media_unconfirmed) {
    return classify(pair.endpoint,
                    response(pair.status, json_type, std::string{R"({"error":")"} + words + "\"}"),
                    media_unconfirmed, Instant{});
}

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_localized)

BOOST_AUTO_TEST_CASE(the_language_of_the_words_changes_no_verdict) {
    for (const Pair& pair : pairs)
        for (const bool unconfirmed : {false, true})
            BOOST_TEST_CONTEXT(pair.english << (unconfirmed ? ", media unconfirmed" : "")) {
                const Reply english = answer(pair, pair.english, unconfirmed);
                const Reply other = answer(pair, pair.other, unconfirmed);
                BOOST_TEST(english.verdict == other.verdict);
                BOOST_TEST(english.text == pair.english);
                BOOST_TEST(other.text == pair.other);
            }
}

BOOST_AUTO_TEST_CASE(a_403_whose_words_are_not_known_has_a_hint_that_names_all_causes) {
    const Reply reply =
        classify(Endpoint::publish, response(403, json_type, R"({"error":"Nein."})"), false, Instant{});
    BOOST_TEST(reply.verdict == Verdict::forbidden);
    BOOST_TEST(reply.hint.find("moved") != std::string::npos);
    BOOST_TEST(reply.hint.find("write:statuses") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
