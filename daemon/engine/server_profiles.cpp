#include "engine/server_profiles.hpp"

#include <utility>

namespace crier::engine {

ServerProfiles::Asking::Asking(std::shared_ptr<Server> server)
    : server_(std::move(server)) {
    server_->asked = true;
}

ServerProfiles::Asking::~Asking() {
    if (server_)
        server_->asked = false;
}

void ServerProfiles::Asking::end(Answer answer) {
    server_->asked = false;
    server_->answer = std::move(answer);
    for (Alarm* alarm : std::exchange(server_->waiting, {}))
        alarm->ring();
}

std::optional<ServerProfiles::Asking> ServerProfiles::ask(const std::string& server) {
    std::shared_ptr<Server>& known = servers_[server];
    if (!known)
        known = std::make_shared<Server>();
    return known->asked ? std::nullopt : std::optional<Asking>{std::in_place, known};
}

void ServerProfiles::wait_for(const std::string& server, Alarm& alarm) {
    if (const auto known = servers_.find(server); known != servers_.end())
        known->second->waiting.insert(&alarm);
}

const ServerProfiles::Answer* ServerProfiles::answer(const std::string& server, Instant since) const {
    const auto known = servers_.find(server);
    if (known == servers_.end() || !known->second->answer || known->second->answer->came < since)
        return nullptr;
    return &*known->second->answer;
}

} // namespace crier::engine
