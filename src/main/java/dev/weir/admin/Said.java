package dev.weir.admin;

import dev.weir.identity.AccountProblem;
import dev.weir.room.Refusal;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;

/** What a page tells its reader after a click. */
final class Said {

    private Said() {}

    static void done(String sentence) {
        add("", FacesMessage.SEVERITY_INFO, sentence);
    }

    /**
     * Does it, or says why the core refused: beside the field that is wrong, where the form has it.
     *
     * @param form the id of the form whose fields have the names that the core gives them
     * @return whether it was done
     */
    static boolean doing(String form, Runnable action) {
        try {
            action.run();
            return true;
        } catch (Refusal e) {
            add("", FacesMessage.SEVERITY_ERROR, e.detail());
        } catch (AccountProblem e) {
            wrong(form + ":" + e.field(), e.detail());
        }
        FacesContext.getCurrentInstance().validationFailed();
        return false;
    }

    /** Says beside a field what is wrong with it, or above the page when it has no such field. */
    static void wrong(String field, String sentence) {
        FacesContext context = FacesContext.getCurrentInstance();
        boolean found = !field.isEmpty()
                && !field.endsWith(":")
                && context.getViewRoot().findComponent(field) instanceof UIInput;
        if (found && context.getViewRoot().findComponent(field) instanceof UIInput input) {
            input.setValid(false);
        }
        add(found ? field : "", FacesMessage.SEVERITY_ERROR, sentence);
        context.validationFailed();
    }

    private static void add(String field, FacesMessage.Severity severity, String sentence) {
        FacesContext.getCurrentInstance()
                .addMessage(field.isEmpty() ? null : field, new FacesMessage(severity, sentence, sentence));
    }
}
