/** The choice of a model: which one answers next, what it costs, and whether it is only a demonstration. */
import { $, storage } from './dom.js';
import { openMenu } from './menu.js';
import { price } from './words.js';

const settings = storage('localStorage');
const DEMONSTRATION = 'Demonstration model: answers are made up without AI.';
const HINT = 'Answers can be wrong. Check what matters.';

export class Models {
  #models = [];
  #usual = '';
  #chosen = '';

  /** @param picked called with the name of the model that the user picked */
  constructor(picked) {
    $('model').addEventListener('click', () => this.openAt($('model'), 'Model that answers', this.#chosen, (name) => {
      this.choose(name);
      settings.set('weir.model', name);
      picked(name);
    }));
  }

  set({ models, default: usual }) {
    this.#models = models;
    this.#usual = usual;
    $('model').disabled = models.length === 0;
    this.choose(this.#chosen);
  }

  get chosen() {
    return this.#chosen;
  }

  /** Shows a model as the one that answers; without a name, or when it is gone, the last picked or the default. */
  choose(name) {
    const known = (wanted) => this.#models.find((model) => model.name === wanted);
    const model = known(name) ?? known(settings.get('weir.model')) ?? known(this.#usual) ?? this.#models[0];
    this.#chosen = model?.name ?? '';
    $('model-name').textContent = model?.label || model?.name || 'No model';
    $('model').title = model ? price(model) : '';
    $('model').setAttribute('aria-label', model ? `Model: ${model.label || model.name}. ${price(model)}` : 'Model');
    $('hint').textContent = model?.demonstration ? DEMONSTRATION : HINT;
  }

  openAt(anchor, title, checked, act) {
    openMenu(anchor, this.#models.map((model) => ({
      label: model.label || model.name,
      details: [model.description, price(model), model.onPremise && 'Runs on your own premises'].filter(Boolean),
      note: model.demonstration && DEMONSTRATION,
      checked: model.name === checked,
      act: () => act(model.name),
    })), title);
  }
}
