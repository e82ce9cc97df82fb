#include "webhook/form.hpp"

namespace crier::webhook {

namespace {

std::string_view gitea_event(const sdk::Input& input) {
    const std::string_view event = input.header("x-forgejo-event");
    return event.empty() ? input.header("x-gitea-event") : event;
}

} // namespace

Form form_of(const sdk::Input& input) {
    // Gitea and Forgejo send GitHub's header as well.
    if (!gitea_event(input).empty())
        return Form::gitea;
    if (!input.header("x-gitlab-event").empty())
        return Form::gitlab;
    return input.header("x-github-event").empty() ? Form::json : Form::github;
}

std::string_view event_of(const sdk::Input& input, Form form) {
    if (form == Form::json)
        return {};
    const std::string_view event = form == Form::gitea    ? gitea_event(input)
                                   : form == Form::gitlab ? input.header("x-gitlab-event")
                                                          : input.header("x-github-event");
    if (event.empty())
        throw sdk::Error(
            "the request does not say what happened: what the source's `form` names sends a header "
            "X-GitHub-Event, X-GitLab-Event, X-Gitea-Event or X-Forgejo-Event");
    return event;
}

} // namespace crier::webhook
