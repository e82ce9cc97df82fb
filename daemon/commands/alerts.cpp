#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "commands/run_coroutine.hpp"
#include "engine/alert_text.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <ostream>

namespace crier::commands {

namespace json = boost::json;

/// By itself and at once, with or without a daemon: what is tried is the way, not the reason.
int test_alerts(const Invocation& call) {
    const auto settings = load_settings(call);
    if (!settings)
        return exit_config;
    boost::asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, *settings, log};
    const std::vector<Alerter*> alerters = composition.alerters(settings->alerts);
    if (alerters.empty())
        return fail(call, Failure{Cause::config, "the configuration names nobody to tell",
                                  "alerts: {command: [/usr/local/bin/notify]}, or a webhook"});
    int code = exit_ok;
    json::array list;
    for (Alerter* alerter : alerters) {
        const Result<> told =
            run_coroutine(context, alerter->deliver(engine::test_alert(composition.clock().now())));
        if (!told)
            code = exit_failed;
        if (call.json) {
            json::object one;
            one["way"] = alerter->name();
            one["delivered"] = told.has_value();
            one["error"] = told ? std::string{} : told.error().message;
            list.push_back(std::move(one));
        } else if (told) {
            call.out << alerter->name() << ": delivered\n";
        } else {
            Failure failure = told.error();
            failure.message = alerter->name() + ": " + failure.message;
            (void)fail(call, failure);
        }
    }
    if (call.json) {
        json::object object;
        object["ways"] = std::move(list);
        print(call, object);
    }
    return code;
}

} // namespace crier::commands
