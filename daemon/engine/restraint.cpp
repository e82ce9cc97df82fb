#include "engine/restraint.hpp"

namespace crier::engine {

bool needs_approval(const AccountSettings* account, const Approval* own) noexcept {
    if (own != nullptr && own->required)
        return *own->required;
    return account != nullptr && account->approval.required.value_or(false);
}

std::string restraint_of(const Settings& settings, std::string_view account, const Approval* own) {
    const auto found = settings.accounts.find(account);
    const AccountSettings* known = found == settings.accounts.end() ? nullptr : &found->second;
    if (known != nullptr && known->mode == Mode::dry)
        return "in mode: dry, not sent";
    if (known != nullptr && known->mode == Mode::hold)
        return "waits for approval (mode: hold)";
    return needs_approval(known, own) ? "waits for approval" : "";
}

} // namespace crier::engine
