#include "sandbox/api/control.hpp"
#include "sandbox/api/params.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <utility>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

constexpr std::string_view forms[] = {"", "iso", "unix", "millis", "retry_after", "retry_after_date", "none"};

double number(const json::object& fields, std::string_view name, double otherwise) {
    const json::value* const value = fields.if_contains(name);
    return value != nullptr && value->is_number() ? value->to_number<double>() : otherwise;
}

/// Empty: it is good.
std::string read_fault(const json::object& given, Fault& fault) {
    Params fields;
    fields.tree = given;
    fault.on = fields.text("on").value_or("*");
    fault.what = fields.text("do").value_or("");
    if (!known_fault(fault.what))
        return "`do` must be one of " + fault_list();
    fault.count = static_cast<int>(std::clamp(number(given, "count", 1), 1.0, 1e9));
    const std::string effect = fields.text("effect").value_or("before");
    if (effect != "before" && effect != "after")
        return "`effect` must be before or after";
    fault.after = effect == "after";
    fault.form = fields.text("form").value_or("");
    if (std::find(std::begin(forms), std::end(forms), fault.form) == std::end(forms))
        return "`form` must be iso, unix, millis, retry_after, retry_after_date or none";
    fault.wait = std::clamp(number(given, "wait", 0), 0.0, 86'400.0);
    fault.polls = static_cast<int>(std::clamp(number(given, "polls", fault.wait > 0 ? 0 : 1), 0.0, 1e6));
    fault.failed = fields.boolean("failed").value_or(false);
    fault.text = fields.text("text").value_or("");
    return {};
}

json::object fault_json(const Fault& fault) {
    json::object body;
    body["on"] = fault.on;
    body["do"] = fault.what;
    body["count"] = fault.count;
    body["effect"] = fault.after ? "after" : "before";
    if (!fault.form.empty())
        body["form"] = fault.form;
    if (fault.wait > 0)
        body["wait"] = fault.wait;
    if (fault.what == "media_pending") {
        body["polls"] = fault.polls;
        body["failed"] = fault.failed;
    }
    if (!fault.text.empty())
        body["text"] = fault.text;
    return body;
}

} // namespace

Response list_faults(Control& control) {
    json::array list;
    for (const Fault& fault : control.world.faults.all())
        list.push_back(fault_json(fault));
    json::object body;
    body["faults"] = std::move(list);
    return json_reply(body);
}

/// All of them, or none.
Response add_faults(Control& control) {
    const json::value* const list = control.body.if_contains("faults");
    if (list == nullptr || !list->is_array())
        return control_error(
            "`faults` is no list",
            R"(for example {"faults":[{"on":"POST /api/v1/statuses","do":"500","count":1}]})");
    std::vector<Fault> faults;
    for (const json::value& one : list->get_array()) {
        Response refused;
        if (!one.is_object())
            return control_error("a fault is an object", R"(for example {"on":"*","do":"500"})");
        if (!only_known(one.get_object(),
                        {"on", "do", "count", "effect", "form", "wait", "polls", "failed", "text"}, refused))
            return refused;
        Fault fault;
        const std::string wrong = read_fault(one.get_object(), fault);
        if (!wrong.empty())
            return control_error("this fault is not known", wrong);
        faults.push_back(std::move(fault));
    }
    for (Fault& fault : faults)
        if (!control.world.faults.add(std::move(fault)))
            return control_error("there are too many faults", "DELETE /sandbox/faults takes them away");
    return list_faults(control);
}

Response clear_faults(Control& control) {
    control.world.faults.clear();
    return list_faults(control);
}

} // namespace crier::sandbox
