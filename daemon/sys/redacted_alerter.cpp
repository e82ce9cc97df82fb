#include "sys/redacted_alerter.hpp"

#include <utility>

namespace crier::sys {
namespace {

class RedactedAlerter final : public Alerter {
public:
    RedactedAlerter(std::unique_ptr<Alerter> inner, const Redactor& redactor)
        : inner_(std::move(inner))
        , redactor_(redactor) {}

    std::string name() const override { return inner_->name(); }

    boost::asio::awaitable<Result<>> deliver(Alert alert) override {
        alert.what.text = redactor_.clean(alert.what.text);
        alert.what.action = redactor_.clean(alert.what.action);
        alert.json = redactor_.clean(alert.json);
        return inner_->deliver(std::move(alert));
    }

private:
    std::unique_ptr<Alerter> inner_;
    const Redactor& redactor_;
};

} // namespace

std::unique_ptr<Alerter> make_redacted(std::unique_ptr<Alerter> inner, const Redactor& redactor) {
    return std::make_unique<RedactedAlerter>(std::move(inner), redactor);
}

} // namespace crier::sys
