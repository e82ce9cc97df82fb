#include "webhook/plugin.hpp"

#include "sdk/crier_plugin.hpp"
#include "webhook/body.hpp"
#include "webhook/forges.hpp"
#include "webhook/form.hpp"

#include <iterator>
#include <string>

namespace crier::webhook {
namespace {

constexpr crier_option options[] = {
    {"form", "who sends: github, gitlab, gitea, forgejo or json (default: as the request's headers show)"},
    {"events", "what of a forge becomes items: release, push, tag, issues, pull_request, discussion "
               "(default: release)"},
    {"fields", "where in JSON of any kind which field of an item stands: {title: story.headline}"},
};

class Webhook {
public:
    explicit Webhook(const sdk::Settings& settings)
        : options_(settings) {}

    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        const Form form = options_.form ? *options_.form : form_of(input);
        const std::string_view event = event_of(input, form);
        const boost::json::value payload = json_of(input);
        if (form == Form::json)
            read_plain(payload, options_, sink);
        else if (form == Form::gitlab)
            read_gitlab(payload, options_, sink);
        else
            read_github(payload, event, options_, sink);
    }

private:
    Options options_;
};

constexpr crier_plugin webhook_table = sdk::make_table<Webhook>(
    "webhook", "what others send: releases of GitHub, GitLab, Gitea and Forgejo, or any JSON",
    CRIER_PLUGIN_HEARS | CRIER_PLUGIN_OWN | CRIER_PLUGIN_EDITS | CRIER_PLUGIN_DELETES, options,
    std::size(options));

} // namespace

const crier_plugin& table() noexcept {
    return webhook_table;
}

} // namespace crier::webhook
