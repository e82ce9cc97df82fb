#include "engine/alert_text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace crier::engine {

namespace json = boost::json;

Alert alert_of(const AlertState& state, AlertWord word) {
    Alert alert;
    alert.what = state;
    alert.word = word;
    json::object object;
    object["kind"] = word == AlertWord::test ? "test" : json::string{to_text(state.kind)};
    object["subject"] = state.subject;
    object["text"] = state.text;
    object["action"] = state.action;
    object["since"] = to_rfc3339(state.since);
    object["state"] = json::string{to_text(word)};
    alert.json = json::serialize(object);
    return alert;
}

Alert test_alert(Instant now) {
    AlertState state;
    state.subject = "crier";
    state.text = "this is a test: alerts of crier arrive here";
    state.since = now;
    return alert_of(state, AlertWord::test);
}

} // namespace crier::engine
